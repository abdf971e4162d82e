import type { SourceErrorReason } from "../../../application/source-error.ts";
import { isObject } from "../../json-object.ts";
import { TimeoutError } from "../../timeout.ts";

/** What came over the wire. */
export interface ApiAnswer {
  readonly status: number;
  /** As the `Retry-After` header has it; null when there is none that can be read. */
  readonly retryAfterInMs: number | null;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
}

/** Why a request brought nothing usable. */
export interface ApiFailure {
  readonly reason: SourceErrorReason;
  /** The end of a sentence: `the Kubernetes API answered 403 Forbidden`. */
  readonly what: string;
  readonly status: number | null;
  /** May go away by itself. */
  readonly isPassing: boolean;
  readonly retryAfterInMs: number | null;
  /** What helps, where it has nothing to do with what was to be read; else null. */
  readonly remedy: string | null;
  /** The system's code for a broken connection, such as `ENOTFOUND`; else null. */
  readonly code: string | null;
}

/** Takes an answer for a JSON object with status 200, or says why it is none. */
export function apiFailureOf({ status, retryAfterInMs, body }: ApiAnswer): ApiFailure | null {
  // Refusals are objects of the kind Status, with a reason in one word.
  const said =
    isObject(body) && typeof body.reason === "string" && body.reason !== "" ? ` ${body.reason}` : "";
  const what = `the Kubernetes API answered ${status}${said}`;
  const failure = (reason: SourceErrorReason, changes: Partial<ApiFailure> = {}): ApiFailure => ({
    reason,
    what,
    status,
    isPassing: false,
    retryAfterInMs,
    remedy: null,
    code: null,
    ...changes,
  });
  if (status === 200)
    return isObject(body)
      ? null
      : failure("malformed", {
          what: "what came was not the JSON that the Kubernetes API answers",
          isPassing: true,
        });
  if (status === 401)
    return failure("accessDenied", {
      remedy:
        "Check that the cluster and the monitor's identity belong to the same tenant, and that the cluster integrates Microsoft Entra ID.",
    });
  if (status === 403) return failure("accessDenied");
  if (status === 404) return failure("notFound");
  if (status === 410) return failure("incomplete");
  if (status === 429) return failure("throttled", { isPassing: true });
  return failure("unavailable", { isPassing: status >= 500 || status === 408 });
}

/** Codes of certificates that nobody vouches for, or of another's (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const certificateCodes = /^(?:CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS_CERT)/;

/** A request that brought no answer at all. Of the error only its code goes on. */
export function apiFailureToSend(cause: unknown): ApiFailure {
  const code = isObject(cause) && typeof cause.code === "string" ? cause.code : null;
  const failure = { status: null, isPassing: true, retryAfterInMs: null, remedy: null, code } as const;
  if (cause instanceof TimeoutError)
    return { ...failure, reason: "unavailable", what: "no answer came in time", remedy: networkRemedy };
  if (code !== null && certificateCodes.test(code))
    return {
      ...failure,
      reason: "unavailable",
      what: `its certificate is none that the cluster's own authority vouches for (${code})`,
      isPassing: false,
      remedy:
        "Let connections to the API server through unopened: something between it and the monitor answers in its place.",
    };
  return {
    ...failure,
    // A name that nobody knows will not be known some seconds later, and most private clusters have such a name.
    isPassing: code !== "ENOTFOUND",
    reason: "unavailable",
    what: `the connection failed (${code ?? (cause instanceof Error ? cause.name : "unknown")})`,
    remedy: networkRemedy,
  };
}

const networkRemedy =
  "Let the monitor's network reach the API server: its address must be in the authorized ranges, or its network joined to a private cluster's.";
