import type { AccessToken, TokenCredential } from "@azure/identity";
import { failureToSend, toSourceError } from "../../azure/failure.ts";
import { backoffInMs, type Patience } from "../../patience.ts";

/** The application of AKS in Entra that API servers accept tokens for, the same in every tenant and cloud (https://learn.microsoft.com/azure/aks/kubelogin-authentication). */
const scope = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
/** A token must outlast the reading of a cluster. */
const leastLeftInMs = 5 * 60_000;

/** Tokens for API servers: the monitor's own, one for all clusters as long as it lasts. */
export interface ClusterTokens {
  /** Who was refused one is refused again, without asking. @throws SourceError when there is none to be had */
  token(): Promise<string>;
}

export function createClusterTokens(
  credential: Pick<TokenCredential, "getToken">,
  patience: Patience,
  now: () => number = Date.now,
): ClusterTokens {
  let known: Promise<AccessToken> | null = null;

  async function ask(): Promise<AccessToken> {
    for (let failed = 1; ; failed += 1) {
      try {
        const answer = await credential.getToken(scope);
        if (answer !== null) return answer;
        throw new Error("The credential has no token.");
      } catch (error) {
        const failure = failureToSend(error);
        if (!failure.isPassing || failed >= patience.tries)
          throw toSourceError("what clusters hold", null, failure);
        await patience.sleep(backoffInMs(failed));
      }
    }
  }

  return {
    async token() {
      known ??= ask();
      const asked = known;
      const answer = await asked;
      if (answer.expiresOnTimestamp - now() > leastLeftInMs) return answer.token;
      // Whoever finds out first asks for all.
      if (known === asked) known = ask();
      return (await known).token;
    },
  };
}
