import { SourceError } from "../../application/source-error.ts";

/** What a Workflows webhook means by a status that is no success, in words a person can act on. */
export function refusal(status: number, retryAfterInMs: number | null): SourceError {
  if (status === 401 || status === 403) {
    return new SourceError(`The Teams webhook refused the signature in its address (HTTP ${status}).`, {
      reason: "accessDenied",
      remedy:
        "Copy the address from the workflow's trigger into the secret again, and let the trigger accept anyone who has it.",
    });
  }
  if (status === 404 || status === 410) {
    return new SourceError(
      `The workflow behind the Teams webhook does not exist or is turned off (HTTP ${status}).`,
      {
        reason: "notFound",
        remedy: "Turn the workflow on, or make a new one in the channel and put its address into the secret.",
      },
    );
  }
  if (status === 429) {
    return new SourceError("The Teams webhook is throttled (HTTP 429).", {
      reason: "throttled",
      retryAfterInMs,
    });
  }
  if (status >= 500 || status === 408) {
    return new SourceError(`The Teams webhook failed (HTTP ${status}).`, {
      reason: "unavailable",
      retryAfterInMs,
    });
  }
  if (status === 413) {
    return new SourceError("The Teams webhook found the card too large (HTTP 413).", { reason: "malformed" });
  }
  return new SourceError(`The Teams webhook did not take the card (HTTP ${status}).`, {
    reason: "malformed",
    remedy:
      "See that the address is that of a workflow with the trigger “When a Teams webhook request is received”.",
  });
}

/**
 * What Workflows never says: a success with a text, as from a page to sign in or from a relay that failed behind its
 * back. The text may hold the address, so it is not repeated.
 */
export function doubtfulSuccess(status: number): SourceError {
  return new SourceError(
    `The Teams webhook answered HTTP ${status} with a text of its own; a card that was taken gets HTTP 202.`,
    {
      reason: "unavailable",
      remedy:
        "See that the address is that of a workflow with the trigger “When a Teams webhook request is received”, and that no step of the workflow answers the request itself.",
    },
  );
}

/** `Retry-After` in seconds or as a date, as milliseconds from `now`; null when it is absent or neither. */
export function retryAfterInMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? null : Math.max(0, moment - now);
}
