import type { Gap } from "../domain/gap.ts";
import { gapFrom, SourceError } from "./source-error.ts";

/** Asks one question about one scope; a question that cannot be answered is its gap. */
export type Ask = <T>(scope: string, question: () => Promise<T>) => Promise<T | Gap>;

/**
 * For questions asked one by one. A source that stayed silent or refused by load has had all its tries, which may
 * take minutes: those who come after are not asked again but share the reason, each as a gap of its own.
 */
export function createAsk(): Ask {
  let silence: SourceError | null = null;
  return async (scope, question) => {
    if (silence !== null)
      return {
        ...gapFrom(silence, scope),
        detail: `Not asked, as the source had given up: ${silence.message}`,
      };
    try {
      return await question();
    } catch (error) {
      if (error instanceof SourceError && ["unavailable", "throttled"].includes(error.reason))
        silence = error;
      return gapFrom(error, scope);
    }
  };
}
