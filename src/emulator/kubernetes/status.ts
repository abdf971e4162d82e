import { answerJson } from "../errors.ts";
import type { RawObject } from "../estate/world.ts";
import type { EmulatedResponse, TextResponse } from "../service.ts";

/** Reasons and messages as the API server words these statuses (k8s.io/apimachinery `api/errors`). */
const wordings: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  401: ["Unauthorized", "Unauthorized"],
  403: ["Forbidden", "Forbidden"],
  404: ["NotFound", "the server could not find the requested resource"],
  409: [
    "Conflict",
    "the object has been modified; please apply your changes to the latest version and try again",
  ],
  422: ["Invalid", "the object is invalid"],
  500: ["InternalError", "an internal error on the server has prevented the request from succeeding"],
  503: ["ServiceUnavailable", "the server is currently unable to handle the request"],
  504: ["Timeout", "the server was unable to return a response in the time allotted"],
};

interface Wording {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: RawObject;
  /** Laid over `metadata`. */
  readonly metadata?: RawObject;
}

/** A refusal of an API server: an object of kind `Status`, as every error that comes from behind its filters. */
export function statusOf(code: number, wording: Wording = {}): TextResponse {
  const [reason = "Unknown", message = "unknown"] = wordings[code] ?? [];
  return answerJson(code, {
    kind: "Status",
    apiVersion: "v1",
    metadata: wording.metadata ?? {},
    status: "Failure",
    message: wording.message ?? message,
    reason: wording.reason ?? reason,
    ...(wording.details && { details: wording.details }),
    code,
  });
}

/** Any status that a fault asks for. Limits on requests are words alone, as the filter for them writes it. */
export function answerStatus(status: number, headers: Readonly<Record<string, string>>): EmulatedResponse {
  if (status === 429) return textOf(429, "Too many requests, please try again later.\n", headers);
  if (status === 502) return textOf(502, "Bad Gateway\n", headers);
  const answer = statusOf(status);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** 404 of a path that nothing serves, such as those of an API group that is not installed. */
export function pathNotFound(): TextResponse {
  return textOf(404, "404 page not found\n");
}

function textOf(status: number, body: string, headers: Readonly<Record<string, string>> = {}): TextResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}
