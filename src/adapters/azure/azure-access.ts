import type { HttpClient } from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { defaultPatience, type Patience } from "../patience.ts";
import { withTimeout } from "../timeout.ts";
import type { GraphAccess } from "./clouds.ts";

/** How Azure Resource Manager is reached: the same for every client of one cloud and one identity. */
export interface AzureAccess {
  readonly credential: TokenCredential;
  /** Resource Manager's address, such as `https://management.azure.com`. */
  readonly endpoint: string;
  /** The token's scopes. They are not derived from the endpoint: sovereign clouds name both. */
  readonly scopes: readonly string[];
  /** Microsoft Graph; that of the public cloud without it. */
  readonly graph?: GraphAccess;
  /** Stands in for the network. */
  readonly httpClient?: HttpClient;
  /** Default: five tries within two minutes of waiting. */
  readonly patience?: Patience;
}

/** Client options every SDK client gets. Retrying is ours alone (`ask.ts`), so the SDK's own is switched off. */
export function clientOptions({ endpoint, scopes, httpClient }: AzureAccess) {
  return {
    endpoint,
    credentials: { scopes: [...scopes] },
    retryOptions: { maxRetries: 0 },
    ...(httpClient && { httpClient }),
  };
}

/**
 * The credential, which gives up before the try that waits for it does. Clients share one request for a token: one
 * that never ends (the SDK hands it neither signal nor timeout) would hold up every later try as well.
 */
export function credentialOf(access: Pick<AzureAccess, "credential" | "patience">): TokenCredential {
  const timeoutInMs = patienceOf(access).tryTimeoutInMs / 2;
  return {
    getToken: (scopes, options) =>
      withTimeout(() => access.credential.getToken(scopes, options), timeoutInMs),
  };
}

export function patienceOf({ patience }: Pick<AzureAccess, "patience">): Patience {
  return patience ?? defaultPatience;
}
