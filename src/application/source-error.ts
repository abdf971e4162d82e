import type { Gap, GapReason } from "../domain/gap.ts";

export type SourceErrorReason = Exclude<GapReason, "notInDocument">;

export interface SourceErrorDetails {
  readonly reason: SourceErrorReason;
  /** The right, role or setting that mends it, or null. */
  readonly remedy?: string | null;
  /** How long the source asked to be left alone, in milliseconds. */
  readonly retryAfterInMs?: number | null;
  readonly cause?: unknown;
}

/** A source that could not be read: the one error adapters throw. The message is one sentence without secrets. */
export class SourceError extends Error {
  readonly reason: SourceErrorReason;
  readonly remedy: string | null;
  readonly retryAfterInMs: number | null;

  constructor(message: string, details: SourceErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "SourceError";
    this.reason = details.reason;
    this.remedy = details.remedy ?? null;
    this.retryAfterInMs = details.retryAfterInMs ?? null;
  }
}

/** The gap a failed source leaves; anything but a SourceError is a fault of ours and goes on up. */
export function gapFrom(error: unknown, scope: string): Gap {
  if (!(error instanceof SourceError)) throw error;
  return { scope, reason: error.reason, detail: error.message, remedy: error.remedy };
}
