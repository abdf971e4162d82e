import type { SourceError } from "../../application/source-error.ts";
import type { JsonObject } from "../json-object.ts";
import { backoffInMs, type Patience } from "../patience.ts";
import { type Answer, receive, type Send } from "./answer.ts";
import { type Failure, failureOf, failureToSend, toSourceError } from "./failure.ts";

/** One thing to read from Azure. */
export interface Request {
  /** What is read, as in `the clusters of 3 subscriptions`. */
  readonly task: string;
  /** What helps when Azure refuses. */
  readonly remedy: string;
  /** What helps when it is not there. */
  readonly absenceRemedy?: string;
  readonly send: Send;
  /** Runs before every try. */
  readonly beforeTry?: () => Promise<void>;
  /** Sees every answer and, as null, every try without one. */
  readonly afterTry?: (answer: Answer | null) => void;
}

/** A JSON object, or why there is none after all tries. */
export type Outcome =
  | { readonly answer: Answer & { readonly body: JsonObject } }
  | { readonly failure: Failure };

/**
 * The one place that tries again. The SDK's own retrying leaves a 429 without Retry-After alone, waits without
 * limit for one with it, and knows neither web pages nor broken JSON with status 200.
 */
export async function ask(request: Request, patience: Patience): Promise<Outcome> {
  let waitedInMs = 0;
  for (let failed = 1; ; failed += 1) {
    const outcome = await tryOnce(request, patience);
    if ("answer" in outcome) return outcome;

    const { isPassing, status, retryAfterInMs } = outcome.failure;
    // The bearer policy answers challenges itself; a bare 401 can pass once (a token at its end), not more often.
    const tries = status === 401 ? Math.min(2, patience.tries) : patience.tries;
    const waitInMs = retryAfterInMs ?? backoffInMs(failed);
    if (!isPassing || failed >= tries || waitedInMs + waitInMs > patience.longestWaitInMs) return outcome;
    waitedInMs += waitInMs;
    await patience.sleep(waitInMs);
  }
}

/** The JSON object asked for. @throws SourceError */
export async function askOrThrow(request: Request, patience: Patience): Promise<JsonObject> {
  const outcome = await ask(request, patience);
  if ("failure" in outcome) throw refusal(request, outcome.failure);
  return outcome.answer.body;
}

/** A failure in the words of what was asked. */
export function refusal(
  { task, remedy, absenceRemedy }: Omit<Request, "send">,
  failure: Failure,
): SourceError {
  const byReason = { accessDenied: failure.remedy ?? remedy, notFound: absenceRemedy ?? null };
  const { reason } = failure;
  return toSourceError(
    task,
    reason === "accessDenied" || reason === "notFound" ? byReason[reason] : null,
    failure,
  );
}

async function tryOnce(
  { send, beforeTry, afterTry }: Request,
  { tryTimeoutInMs }: Patience,
): Promise<Outcome> {
  await beforeTry?.();
  let answer: Answer;
  try {
    answer = await receive(send, tryTimeoutInMs);
  } catch (error) {
    afterTry?.(null);
    return { failure: failureToSend(error) };
  }
  afterTry?.(answer);
  const failure = failureOf(answer);
  if (failure) return { failure };
  // failureOf lets nothing but an object through.
  return { answer: { ...answer, body: answer.body as JsonObject } };
}
