import { isRestError, type RestError } from "@azure/core-rest-pipeline";
import { SourceError, type SourceErrorReason } from "../../application/source-error.ts";

/** The table or container an operation is about, and the role that opens it. */
export interface StoragePlace {
  /** Such as `table midwatchclusters`. */
  readonly label: string;
  /** The built-in role needed on the storage account. */
  readonly role: string;
}

/** Runs an operation of the SDK; what it throws comes out as a SourceError that names the place and holds no secret. */
export async function translateErrors<T>(place: StoragePlace, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw storageError(place, error);
  }
}

/** What to throw for an error of the SDK; anything that is no answer or silence of storage stays itself. */
export function storageError(place: StoragePlace, error: unknown): unknown {
  if (error instanceof SourceError) return error;
  if (isRestError(error))
    return error.statusCode === undefined
      ? withoutAnswer(place, error)
      : answered(place, error, error.statusCode);
  if (!(error instanceof Error)) return error;
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return new SourceError(`The ${place.label} did not answer in time.`, {
      reason: "unavailable",
      cause: withoutRequest(error),
    });
  }
  if (isCredentialError(error)) {
    return new SourceError(`Could not get a token for the ${place.label}.`, {
      reason: "accessDenied",
      remedy: remedyOf(place),
      cause: withoutRequest(error),
    });
  }
  return error;
}

/** Storage's own name for an error (`EntityAlreadyExists`), or null. */
export function errorCodeOf(error: unknown): string | null {
  if (!isRestError(error)) return null;
  const header = error.response?.headers.get("x-ms-error-code");
  return header ?? odataCode(error.details) ?? error.code ?? null;
}

function answered(place: StoragePlace, error: RestError, status: number): SourceError {
  const code = errorCodeOf(error);
  const reason = reasonOf(status, code);
  return new SourceError(`The ${place.label} answered ${status}${code === null ? "" : ` ${code}`}.`, {
    reason,
    remedy: reason === "accessDenied" ? remedyOf(place) : null,
    retryAfterInMs: retryAfterInMs(error),
    cause: withoutRequest(error),
  });
}

function withoutAnswer(place: StoragePlace, error: RestError): SourceError {
  if (error.code === "PARSE_ERROR") {
    return new SourceError(`The ${place.label} sent an answer that cannot be read.`, {
      reason: "malformed",
      cause: withoutRequest(error),
    });
  }
  const code = error.code === undefined ? "" : ` (${error.code})`;
  return new SourceError(`The ${place.label} cannot be reached${code}.`, {
    reason: "unavailable",
    cause: withoutRequest(error),
  });
}

/** The SDK's errors carry the whole request, its signature included: only words go on. */
function withoutRequest({ name, message, stack }: Error): Error {
  return Object.assign(new Error(message), { name, stack });
}

/** Storage says that it is busy by 503 with the code ServerBusy, rarely by 429. */
function reasonOf(status: number, code: string | null): SourceErrorReason {
  if (status === 401 || status === 403) return "accessDenied";
  if (status === 429 || code === "ServerBusy") return "throttled";
  if (status === 404) return "notFound";
  // A table being deleted (409) or a row changed by somebody else (412) is mended by trying again.
  if (status >= 500 || status === 408 || status === 409 || status === 412) return "unavailable";
  return "malformed";
}

function retryAfterInMs(error: RestError): number | null {
  const seconds = Number(error.response?.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** Tables put their code into the body only: `{"odata.error":{"code":…}}`, which the SDK hands on as `odataError`. */
function odataCode(details: unknown): string | null {
  if (typeof details !== "object" || details === null || !("odataError" in details)) return null;
  const { odataError } = details;
  if (typeof odataError !== "object" || odataError === null || !("code" in odataError)) return null;
  return typeof odataError.code === "string" ? odataError.code : null;
}

/** The errors of @azure/identity, by name so that storage by connection string does without that package. */
function isCredentialError({ name }: Error): boolean {
  return /^(CredentialUnavailable|Authentication|AuthenticationRequired|AggregateAuthentication)Error$/.test(
    name,
  );
}

function remedyOf({ role }: StoragePlace): string {
  return `Grant the monitor the role ${role} on the storage account.`;
}
