import type { HttpResponseInit } from "@azure/functions";
import { SourceError, type SourceErrorReason } from "../application/source-error.ts";

/** An error body as RFC 9457 has it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What to do about it, in a sentence. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members, such as the id of the sweep that runs already. */
  readonly members?: Readonly<Record<string, string>>;
}

export function problem({ status, title, detail, headers, members }: Problem): HttpResponseInit {
  return {
    status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...headers },
    body: JSON.stringify({ type: "about:blank", title, status, detail, ...members }),
  };
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

/** A failed source as an answer; anything else is a fault of ours and is thrown on. */
export function problemFrom(error: unknown): HttpResponseInit {
  if (!(error instanceof SourceError)) throw error;
  const status = statusOf(error.reason);
  const headers =
    status === 503 ? { "Retry-After": String(Math.ceil((error.retryAfterInMs ?? 30_000) / 1000)) } : {};
  const detail = error.remedy === null ? error.message : `${error.message} ${error.remedy}`;
  return problem({ status, title: titles[error.reason], detail, headers });
}

const titles: Readonly<Record<SourceErrorReason, string>> = {
  accessDenied: "Azure refused the monitor",
  notFound: "Not found",
  throttled: "Azure is throttling the monitor",
  unavailable: "Azure did not answer",
  malformed: "Azure's answer could not be read",
  incomplete: "Azure's answer was incomplete",
};

function statusOf(reason: SourceErrorReason): number {
  switch (reason) {
    case "accessDenied":
      return 403;
    case "notFound":
      return 404;
    case "throttled":
    case "unavailable":
      return 503;
    case "malformed":
    case "incomplete":
      return 502;
    default:
      return reason satisfies never;
  }
}
