import type { TokenCredential } from "@azure/identity";
import { failureToSend, toSourceError } from "../azure/failure.ts";

/** The application of AKS in Entra that API servers accept tokens for, the same in every tenant and cloud (https://learn.microsoft.com/azure/aks/kubelogin-authentication). */
const scope = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
/** A token must outlast the reading of a cluster. */
const leastLeftInMs = 5 * 60_000;

/** Tokens for API servers: the monitor's own, one for all clusters as long as it lasts. */
export interface ClusterTokens {
  /** @throws SourceError when there is none to be had */
  token(): Promise<string>;
}

export function createClusterTokens(
  credential: Pick<TokenCredential, "getToken">,
  now: () => number = Date.now,
): ClusterTokens {
  let known: Promise<{ readonly token: string; readonly expiresOnTimestamp: number }> | null = null;

  async function ask() {
    try {
      const answer = await credential.getToken(scope);
      if (answer === null) throw new Error("The credential has no token.");
      return answer;
    } catch (error) {
      throw toSourceError("clusters through the Kubernetes API", null, failureToSend(error));
    }
  }

  return {
    async token() {
      const last = await known?.catch(() => null);
      if (last && last.expiresOnTimestamp - now() > leastLeftInMs) return last.token;
      known = ask();
      return (await known).token;
    },
  };
}
