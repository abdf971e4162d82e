import type { HttpHeaders, PipelineResponse } from "@azure/core-rest-pipeline";

/** What the SDK hands over with an answer; `parsedBody` is missing when the body was no JSON. */
export type SdkResponse = Pick<PipelineResponse, "status" | "headers"> & { readonly parsedBody?: unknown };

/** Options every SDK operation takes. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (response: SdkResponse) => void;
}

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Parsed JSON, text, or undefined when there was nothing or it could not be parsed. */
  readonly body: unknown;
}

/** The error of a try that was given up because nothing came. */
export class TimeoutError extends Error {
  constructor(timeoutInMs: number) {
    super(`No answer within ${timeoutInMs / 1000} s.`);
    this.name = "TimeoutError";
  }
}

/** Sends one request by an SDK client. */
export type Send = (options: SendOptions) => Promise<unknown>;

/**
 * Sends one request through an SDK client and takes the raw answer. What the SDK makes of it is left aside: its
 * models drop what they do not know, and throw TypeErrors of their own at web pages and at malformed properties.
 */
export async function receive(send: Send, timeoutInMs: number): Promise<Answer> {
  let answer: Answer | undefined;
  const onResponse = ({ status, headers, parsedBody }: SdkResponse) => {
    answer = { status, headers, body: parsedBody };
  };
  try {
    await withTimeout((abortSignal) => send({ abortSignal, onResponse }), timeoutInMs);
  } catch (error) {
    if (answer === undefined) throw error;
  }
  if (answer === undefined) throw new Error("The client returned without an answer.");
  return answer;
}

/**
 * Ends with the timer whatever the request does. The SDK's own timeout stops counting once the headers are there,
 * and a compressed body that breaks off never ends.
 */
async function withTimeout<T>(
  run: (abortSignal: AbortSignal) => Promise<T>,
  timeoutInMs: number,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(timeoutInMs));
      controller.abort();
    }, timeoutInMs);
  });
  try {
    return await Promise.race([run(controller.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
