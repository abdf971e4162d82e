import { createServer } from "node:https";
import type { EmulatedAzure } from "../azure.ts";
import { createLoopbackCertificate } from "../certificate-authority.ts";
import { answerOver, close, listen } from "../loopback.ts";
import { strangeAuthority } from "./strange-authority.ts";

export interface EmulatedKubernetesOptions {
  /** Any free one without it. */
  readonly port?: number;
  /** Kubeconfigs name an authority that has nothing to do with the certificate. */
  readonly isUnvouched?: boolean;
}

/** The API servers of an emulated Azure's clusters over sockets on 127.0.0.1. */
export interface EmulatedKubernetes {
  /** Origin; a cluster lies at `/{subscription}/{resource group}/{name}`. */
  readonly url: string;
  /** The certificate of the authority to trust, PEM; it is another than that of the emulated Azure. */
  readonly authority: string;
  /** Ends the server and every connection, hanging ones too. */
  close(): Promise<void>;
}

/**
 * Serves the API servers of all clusters until closed; from then on the emulated Resource Manager hands out
 * kubeconfigs that lead there. Faults are those of `azure`, of the service `kubernetes`.
 */
export async function startEmulatedKubernetes(
  azure: EmulatedAzure,
  { port = 0, isUnvouched = false }: EmulatedKubernetesOptions = {},
): Promise<EmulatedKubernetes> {
  const { authority, certificate, key } = await createLoopbackCertificate("Midwatch emulated Kubernetes");
  const server = createServer({ cert: certificate, key }, answerOver("https", azure.handleKubernetes));
  const url = `https://127.0.0.1:${await listen(server, port)}`;
  azure.setServedClusters({ url, authority: isUnvouched ? strangeAuthority : authority });
  return {
    url,
    authority,
    async close() {
      azure.setServedClusters(null);
      await close(server);
    },
  };
}
