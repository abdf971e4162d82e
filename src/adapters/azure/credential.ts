import type { HttpClient } from "@azure/core-rest-pipeline";
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from "@azure/identity";
import type { Cloud } from "./clouds.ts";

/** The function app's user-assigned identity; a null client id asks for the system-assigned one. */
export function createManagedIdentityCredential(
  clientId: string | null,
  httpClient?: HttpClient,
): TokenCredential {
  // `ask.ts` tries again; the SDK's own retrying would multiply with it.
  const options = { retryOptions: { maxRetries: 0 }, ...(httpClient && { httpClient }) };
  return clientId === null
    ? new ManagedIdentityCredential(options)
    : new ManagedIdentityCredential({ ...options, clientId });
}

/** Whoever is signed in on this machine: environment, Azure CLI and the rest of the SDK's usual chain. */
export function createSignedInCredential(
  cloud: Pick<Cloud, "authorityHost">,
  tenantId: string | null,
  httpClient?: HttpClient,
): TokenCredential {
  return new DefaultAzureCredential({
    authorityHost: cloud.authorityHost,
    ...(tenantId !== null && { tenantId }),
    ...(httpClient && { httpClient }),
  });
}
