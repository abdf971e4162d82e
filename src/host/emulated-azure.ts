import { randomUUID } from "node:crypto";
import { createEmulatedAzure, type EmulatedAzureOptions } from "../emulator/azure.ts";
import { handMadeEstate, withSecret } from "../emulator/estate/hand-made.ts";
import { startEmulatedKubernetes } from "../emulator/kubernetes/server.ts";
import { type EmulatedAzureServer, startEmulatedAzure } from "../emulator/server.ts";
import { createTeamsWebhook } from "../emulator/teams/teams-webhook.ts";
import { freePort } from "./free-port.ts";

/** A made-up tenant and the API servers of its clusters, served over HTTPS, and the settings that point the product at it. */
export interface EmbeddedAzure extends EmulatedAzureServer {
  /** The page that shows the cards posted so far. */
  readonly cardsUrl: string;
  /** What a process needs in its environment to take this for Azure: the settings a sovereign cloud and a managed identity need. */
  readonly environment: Readonly<Record<string, string>>;
  setNight(index: number): void;
}

const secretName = "teams-webhook";

/** Starts the emulated Azure on loopback, the hand-made estate in it if nothing else is asked for; its certificate is written into `folder`. */
export async function startEmbeddedAzure(
  folder: string,
  { estate = handMadeEstate, ...options }: Partial<Omit<EmulatedAzureOptions, "teams">> = {},
): Promise<EmbeddedAzure> {
  const teams = createTeamsWebhook({
    workflow: "midwatch",
    signature: randomUUID(),
    now: () => new Date().toISOString(),
  });
  // The webhook's address, a secret in the emulated vault, holds the port: so it is chosen beforehand.
  const port = await freePort();
  const address = teams.address(`https://127.0.0.1:${port}`);
  const azure = createEmulatedAzure({
    ...options,
    estate: withSecret(estate, secretName, address),
    teams,
  });
  const kubernetes = await startEmulatedKubernetes(azure);
  const server = await startEmulatedAzure(azure, { folder, port });

  return {
    ...server,
    // By the plain port: a browser does not know the emulated Azure's certificate authority.
    cardsUrl: new URL("/teams/", server.identityEndpoint).href,
    environment: {
      MIDWATCH_ARM_ENDPOINT: server.url,
      MIDWATCH_GRAPH_ENDPOINT: server.url,
      MIDWATCH_KEY_VAULT_URI: server.url,
      MIDWATCH_WEBHOOK_SECRET: secretName,
      IDENTITY_ENDPOINT: server.identityEndpoint,
      IDENTITY_HEADER: server.identityHeader,
      NODE_EXTRA_CA_CERTS: server.caFile,
      // Whatever else is signed in on this machine is not asked.
      AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
    },
    setNight: (index) => azure.setNight(index),
    async close() {
      await Promise.all([server.close(), kubernetes.close()]);
    },
  };
}
