import { mkdir, writeFile } from "node:fs/promises";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import type { EmulatedAzure } from "./azure.ts";
import { createLoopbackCertificate } from "./certificate-authority.ts";
import { identityPath } from "./identity-endpoint.ts";
import { answerOver, close, listen } from "./loopback.ts";

export interface EmulatedAzureServerOptions {
  /** Of the HTTPS origin; any free one without it. */
  readonly port?: number;
  /** Where the authority's certificate is written. */
  readonly folder: string;
}

/** The emulated Azure over sockets on 127.0.0.1. */
export interface EmulatedAzureServer {
  /** Origin of Resource Manager, Resource Graph, Key Vault and what else is mounted, such as `https://127.0.0.1:50443`. */
  readonly url: string;
  /** PEM file for NODE_EXTRA_CA_CERTS, which a process reads when it starts. */
  readonly caFile: string;
  /** For IDENTITY_ENDPOINT; plain http, as on App Service. */
  readonly identityEndpoint: string;
  /** For IDENTITY_HEADER. */
  readonly identityHeader: string;
  /** Ends both servers and every connection, hanging ones too. */
  close(): Promise<void>;
}

/** Serves an emulated Azure until closed. Faults and the night are switched by `PUT /emulator/...` (see control-panel.ts). */
export async function startEmulatedAzure(
  azure: EmulatedAzure,
  { port = 0, folder }: EmulatedAzureServerOptions,
): Promise<EmulatedAzureServer> {
  const { authority, certificate, key } = await createLoopbackCertificate("Midwatch emulated Azure");
  const caFile = join(folder, "emulated-azure-ca.pem");
  await mkdir(folder, { recursive: true });
  await writeFile(caFile, authority);

  const secure = createServer({ cert: certificate, key }, answerOver("https", azure.handle));
  const plain = createPlainServer(answerOver("http", azure.handle));
  try {
    const [securePort, plainPort] = await Promise.all([listen(secure, port), listen(plain, 0)]);
    return {
      url: `https://127.0.0.1:${securePort}`,
      caFile,
      identityEndpoint: `http://127.0.0.1:${plainPort}${identityPath}`,
      identityHeader: azure.identityHeader,
      close: async () => {
        await Promise.all([close(secure), close(plain)]);
      },
    };
  } catch (error) {
    await Promise.all([close(secure), close(plain)]);
    throw error;
  }
}
