import { AzureError, answerError } from "./errors.ts";
import type { Fault, StatusFault, WireFault } from "./faults.ts";
import type { EmulatedOutcome, EmulatedResponse } from "./service.ts";

/** Error codes as Azure's front door words these statuses. */
const codes: Readonly<Record<string, readonly [code: string, message: string]>> = {
  "401": ["InvalidAuthenticationToken", "The access token is invalid."],
  "403": [
    "AuthorizationFailed",
    "The client does not have authorization to perform this action or the scope is invalid.",
  ],
  "404": ["ResourceNotFound", "The Resource was not found."],
  "409": ["Conflict", "The request conflicts with another operation in progress."],
  "422": ["UnprocessableEntity", "The request cannot be processed."],
  "429": ["TooManyRequests", "The request is being throttled."],
  "500": ["InternalServerError", "Encountered internal server error."],
  "502": ["BadGateway", "The gateway did not receive a response from the resource provider."],
  "503": ["ServiceUnavailable", "The service is temporarily unavailable."],
  "504": [
    "GatewayTimeout",
    "The gateway did not receive a response from the resource provider within the specified time period.",
  ],
};

const page =
  "<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body><p>Continue in the browser.</p></body></html>";

/** What a request gets while this fault is on; `answer` is what it would have got. */
export async function answerFaulty(
  kind: StatusFault | WireFault,
  { retryAfterInSeconds = 1 }: Fault,
  answer: () => Promise<EmulatedResponse>,
): Promise<EmulatedOutcome> {
  switch (kind) {
    case "hang":
    case "reset":
      return kind;
    case "html":
    case "html-503":
      return {
        status: kind === "html" ? 200 : 503,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: page,
      };
    case "truncatedJson": {
      const whole = await answer();
      return {
        ...whole,
        body: whole.body.slice(0, Math.ceil(whole.body.length / 2)),
      };
    }
    case "429":
      return answerStatus(kind, { "retry-after": String(retryAfterInSeconds) });
    default:
      return answerStatus(kind);
  }
}

function answerStatus(kind: StatusFault, headers: Readonly<Record<string, string>> = {}): EmulatedResponse {
  const status = kind.slice(0, 3);
  const [code, message] = codes[status] ?? ["Unknown", "Unknown."];
  return answerError(new AzureError(Number(status), code, message, { headers }));
}
