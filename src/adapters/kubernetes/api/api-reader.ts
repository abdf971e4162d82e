import { SourceError } from "../../../application/source-error.ts";
import type { JsonObject } from "../../json-object.ts";
import { backoffInMs, type Patience } from "../../patience.ts";
import { type ApiAnswer, type ApiFailure, apiFailureOf, apiFailureToSend } from "./api-answer.ts";
import type { ApiServer } from "./api-server.ts";

/** A JSON object, or why there is none after all tries. */
export type ApiOutcome = { readonly body: JsonObject } | { readonly failure: ApiFailure };

/** Reads one API server within the time a cluster gets in all. */
export interface ApiReader {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<ApiOutcome>;
}

export interface ReadingTime {
  /** A request without an answer for this long is given up. */
  readonly requestInMs: number;
  /** All requests to one cluster. */
  readonly clusterInMs: number;
}

export function createApiReader(
  server: ApiServer,
  {
    patience,
    time,
    now = Date.now,
  }: { readonly patience: Patience; readonly time: ReadingTime; readonly now?: () => number },
): ApiReader {
  const deadline = now() + time.clusterInMs;
  const left = () => deadline - now();
  let hasAnswered = false;

  async function tryOnce(path: string, query: Readonly<Record<string, string>>): Promise<ApiOutcome> {
    if (left() <= 0) return { failure: outOfTime(time.clusterInMs) };
    let answer: ApiAnswer;
    try {
      answer = await server.get(path, query, Math.min(time.requestInMs, left()));
    } catch (error) {
      if (left() <= 0) return { failure: outOfTime(time.clusterInMs) };
      const failure = apiFailureToSend(error);
      // Whoever never answered lets every try wait to its end, and lies behind something that drops what comes.
      return {
        failure: { ...failure, isPassing: failure.isPassing && (hasAnswered || failure.code !== null) },
      };
    }
    hasAnswered = true;
    const failure = apiFailureOf(answer);
    // apiFailureOf lets nothing but an object through.
    return failure ? { failure } : { body: answer.body as JsonObject };
  }

  return {
    async get(path, query = {}) {
      let waitedInMs = 0;
      for (let failed = 1; ; failed += 1) {
        const outcome = await tryOnce(path, query);
        if ("body" in outcome) return outcome;
        const { isPassing, retryAfterInMs } = outcome.failure;
        const waitInMs = retryAfterInMs ?? backoffInMs(failed);
        const longestInMs = Math.min(patience.longestWaitInMs, waitedInMs + left());
        if (!isPassing || failed >= patience.tries || waitedInMs + waitInMs > longestInMs) return outcome;
        waitedInMs += waitInMs;
        await patience.sleep(waitInMs);
      }
    },
  };
}

/** A failure in the words of what was asked; `remedy` helps when it was refused. */
export function apiError(task: string, failure: ApiFailure, remedy: string | null): SourceError {
  return new SourceError(`Could not read ${task}: ${failure.what}.`, {
    reason: failure.reason,
    remedy: failure.remedy ?? (failure.reason === "accessDenied" ? remedy : null),
    retryAfterInMs: failure.retryAfterInMs,
  });
}

function outOfTime(clusterInMs: number): ApiFailure {
  return {
    reason: "unavailable",
    what: `the cluster took longer than ${clusterInMs / 1000} s in all`,
    status: null,
    isPassing: false,
    retryAfterInMs: null,
    remedy: null,
    code: null,
  };
}
