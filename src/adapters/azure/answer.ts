import type { HttpHeaders, PipelineResponse } from "@azure/core-rest-pipeline";
import { withTimeout } from "../timeout.ts";

/** What the SDK hands over with an answer; `parsedBody` is missing when the body was no JSON. */
type SdkResponse = Pick<PipelineResponse, "status" | "headers"> & { readonly parsedBody?: unknown };

/** Options every SDK operation takes. */
interface SendOptions {
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
