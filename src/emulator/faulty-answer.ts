import { AzureError, answerError } from "./errors.ts";
import { createDice, type Dice } from "./estate/generated/dice.ts";
import type { AnswerFault } from "./fault-kinds.ts";
import type { Fault } from "./faults.ts";
import { withNewEnumValues } from "./new-enum-values.ts";
import { type EmulatedOutcome, type EmulatedResponse, textOf } from "./service.ts";
import { withNullProperties, withWrongTypes } from "./wrong-types.ts";

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

/** So long that every caller gives up before. */
const endlessDripInMs = 600_000;

/** How a service words an answer of this status that is an error. */
export type AnswerStatus = (status: number, headers: Readonly<Record<string, string>>) => EmulatedResponse;

/** What a request gets while this fault is on; `answer` is what it would have got. */
export async function answerFaulty(
  kind: AnswerFault,
  fault: Fault,
  answer: () => Promise<EmulatedResponse>,
  answerStatus: AnswerStatus = answerAzureStatus,
): Promise<EmulatedOutcome> {
  switch (kind) {
    case "hang":
    case "reset":
      return kind;
    case "html":
    case "html-503":
      return {
        status: kind === "html" ? 200 : 503,
        headers: { "content-type": "text/html; charset=utf-8", ...retryAfter(fault) },
        body: page,
      };
    case "slowDrip":
      return { ...(await answer()), dripInMs: fault.dripInMs ?? endlessDripInMs };
    case "truncatedJson":
      return withBody(await answer(), (body) => body.slice(0, Math.ceil(body.length / 2)));
    case "emptyBody":
      return withBody(await answer(), () => "");
    case "jsonArray":
      return withBody(await answer(), (body) => `[${body}]`);
    case "jsonText":
      return withBody(await answer(), (body) => JSON.stringify(body));
    case "jsonNull":
      return withBody(await answer(), () => "null");
    case "wrongTypes":
      return altered(await answer(), fault, withWrongTypes);
    case "nullProperties":
      return altered(await answer(), fault, withNullProperties);
    case "newEnumValues":
      return altered(await answer(), fault, withNewEnumValues);
    case "noQuotaHeaders":
      return withQuotaHeaders(await answer(), {});
    case "oddQuotaHeaders":
      return withQuotaHeaders(await answer(), oddQuotaHeaders(createDice(fault.seed ?? 1, "quota headers")));
    case "429":
      return answerStatus(429, {
        "retry-after": String(fault.retryAfterInSeconds ?? 1),
        ...retryAfter(fault),
      });
    default:
      return answerStatus(Number(kind.slice(0, 3)), retryAfter(fault));
  }
}

function withBody(response: EmulatedResponse, change: (body: string) => string): EmulatedResponse {
  return { ...response, body: change(textOf(response)) };
}

/** Pages and empty answers are left as they are. */
function altered(
  response: EmulatedResponse,
  { seed = 1, alterations = 1 }: Fault,
  change: (json: unknown, alterations: number, dice: Dice) => unknown,
): EmulatedResponse {
  if (!response.headers["content-type"]?.startsWith("application/json")) return response;
  const dice = createDice(seed, "altered answer");
  return withBody(response, (body) => JSON.stringify(change(JSON.parse(body), alterations, dice)));
}

function withQuotaHeaders(
  response: EmulatedResponse,
  quota: Readonly<Record<string, string>>,
): EmulatedResponse {
  const others = Object.entries(response.headers).filter(([name]) => !name.startsWith("x-ms-user-quota-"));
  return { ...response, headers: { ...Object.fromEntries(others), ...quota } };
}

function oddQuotaHeaders(dice: Dice): Readonly<Record<string, string>> {
  return {
    "x-ms-user-quota-remaining": dice.pick("remaining", ["0", "-1", "many", "", "1e9", "0.5"]),
    "x-ms-user-quota-resets-after": dice.pick("resets after", [
      "00:00:00",
      "99:99:99",
      "-00:00:05",
      "soon",
      "",
    ]),
  };
}

function retryAfter({ retryAfter: text }: Fault): Readonly<Record<string, string>> {
  return text === undefined ? {} : { "retry-after": text };
}

function answerAzureStatus(status: number, headers: Readonly<Record<string, string>>): EmulatedResponse {
  const [code, message] = codes[status] ?? ["Unknown", "Unknown."];
  return answerError(new AzureError(status, code, message, { headers }));
}
