import { SourceError, type SourceErrorReason } from "../../application/source-error.ts";
import { isObject } from "../json-object.ts";
import { TimeoutError } from "../timeout.ts";
import type { Answer } from "./answer.ts";

/** Why a request brought nothing usable. */
export interface Failure {
  readonly reason: SourceErrorReason;
  /** What came instead, as the end of a sentence: `Azure answered 403 AuthorizationFailed`. */
  readonly what: string;
  readonly status: number | null;
  /** Azure's own words for it: the codes of its error body `{error: {code, details: [{code}]}}`. */
  readonly codes: readonly string[];
  /** May go away by itself. */
  readonly isPassing: boolean;
  /** How long Azure asks to be left alone, or null. */
  readonly retryAfterInMs: number | null;
  /** What helps, where it has nothing to do with what was to be read; else null. */
  readonly remedy: string | null;
  readonly cause: unknown;
}

/** Takes an answer for a JSON object with status 200, or says why it is none. */
export function failureOf({ status, headers, body }: Answer): Failure | null {
  const error = isObject(body) && isObject(body.error) ? body.error : null;
  const codes = errorCodes(error);
  // Providers also answer `{code}` without an error around it: good enough to quote, but nobody's word to act on.
  const said = ["Azure answered", String(status), ...errorCodes(error ?? body)].join(" ");
  const retryAfterInMs = retryAfter(headers);
  const failure = (reason: SourceErrorReason, isPassing: boolean, what = said): Failure => ({
    reason,
    what,
    status,
    codes,
    isPassing,
    retryAfterInMs,
    remedy: null,
    cause: undefined,
  });

  if (status === 200)
    return isObject(body)
      ? null
      : failure("malformed", true, "what came was not the JSON that Azure answers");
  // Also what Resource Graph says when it may show none of the subscriptions asked for.
  if (status === 403 || codes.includes("NoValidSubscriptionsInQueryRequest"))
    return failure("accessDenied", false);
  if (status === 401)
    return {
      ...failure("accessDenied", true),
      remedy: "Check that the identity belongs to the tenant and that the token's scope is the cloud's.",
    };
  // A 404 without an error in it is not Azure's: a proxy may stand between.
  if (status === 404) return codes.length > 0 ? failure("notFound", false) : failure("unavailable", true);
  if (status === 429) return failure("throttled", true);
  return failure("unavailable", status >= 500 || status === 408 || status === 409);
}

/** A request that brought no answer at all: the wire broke, or there was no token to send it with. */
export function failureToSend(cause: unknown): Failure {
  const failure = (reason: SourceErrorReason, what: string, isPassing: boolean): Failure => ({
    reason,
    what,
    status: null,
    codes: [],
    isPassing,
    retryAfterInMs: null,
    remedy: null,
    cause,
  });
  if (cause instanceof TimeoutError) return failure("unavailable", "no answer came in time", true);
  if (isCredentialError(cause)) {
    const said = isObject(cause.cause) ? cause.cause.errorCode : undefined;
    const what = `got no token (${typeof said === "string" ? said : cause.name})`;
    // A code comes from a managed identity's endpoint that was asked in vain. It may only be unwell: its status does not come through.
    if (said === "network_error") return failure("unavailable", what, true);
    const remedy = "Sign in with az login, or give the function app its identity.";
    return { ...failure("accessDenied", what, said !== undefined), remedy };
  }
  return failure("unavailable", `the connection failed (${errorCode(cause)})`, true);
}

/** Azure does not have the type of resource here, or not in the API version asked for. */
export class NotOfferedError extends SourceError {}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider */
const notOffered: ReadonlySet<string> = new Set([
  "InvalidResourceType",
  "NoRegisteredProviderFound",
  "InvalidApiVersionParameter",
]);

/** The error use cases see; `task` says what was to be read, as in `the clusters of 3 subscriptions`. */
export function toSourceError(
  task: string,
  remedy: string | null,
  { reason, what, codes, retryAfterInMs, cause }: Failure,
): SourceError {
  const Kind = codes.some((code) => notOffered.has(code)) ? NotOfferedError : SourceError;
  return new Kind(`Could not read ${task}: ${what}.`, {
    reason,
    remedy,
    retryAfterInMs,
    cause: cause === undefined ? undefined : withoutSecrets(cause),
  });
}

/** The code of an error and those of its details, each once. */
function errorCodes(error: unknown): readonly string[] {
  const details = isObject(error) && Array.isArray(error.details) ? error.details : [];
  const codes = [error, ...details].flatMap((one) =>
    isObject(one) && typeof one.code === "string" ? [one.code] : [],
  );
  return [...new Set(codes)];
}

/** Seconds, a date, or milliseconds in Azure's own headers; null when Azure does not say, or says what is neither. */
function retryAfter(headers: Answer["headers"]): number | null {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const ms = readWholeNumber(headers.get(name));
    if (ms !== null) return ms;
  }
  const text = headers.get("retry-after");
  const seconds = readWholeNumber(text);
  if (seconds !== null) return seconds * 1000;
  // JavaScript takes nearly any text for a date, "-5" for one in 2001: then nobody would wait at all.
  const until = /^[a-z]{3,9}, .*\d{4}/i.test(text ?? "") ? Date.parse(text ?? "") - Date.now() : Number.NaN;
  return Number.isNaN(until) ? null : Math.max(0, until);
}

function readWholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}

const credentialErrors: ReadonlySet<string> = new Set([
  "CredentialUnavailableError",
  "AuthenticationError",
  "AggregateAuthenticationError",
  "AuthenticationRequiredError",
]);

function isCredentialError(cause: unknown): cause is Error {
  return cause instanceof Error && credentialErrors.has(cause.name);
}

function errorCode(cause: unknown): string {
  if (isObject(cause) && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? cause.name : "unknown";
}

/** An error of the SDK carries the request with its token, and in its message the whole body: only its name goes on. */
function withoutSecrets(cause: unknown): Error {
  return new Error(cause instanceof Error ? `${cause.name} (${errorCode(cause)})` : "Not an error.");
}
