import type { HttpResponseInit } from "@azure/functions";
import type { SourceError, SourceErrorReason } from "../application/source-error.ts";

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

/** A source that failed behind the app, which is never the caller's fault: 503 where it passes by itself, else 502. */
export function problemFrom(error: SourceError): HttpResponseInit {
  const isPassing = error.reason === "throttled" || error.reason === "unavailable";
  const waitInMs = error.retryAfterInMs ?? usualWaitInMs;
  return problem({
    status: isPassing ? 503 : 502,
    title: titles[error.reason],
    detail: detailOf(error),
    ...(isPassing ? { headers: { "Retry-After": String(Math.ceil(waitInMs / 1000)) } } : {}),
  });
}

/** What failed and, where it is known, what mends it. */
export function detailOf({ message, remedy }: SourceError): string {
  return remedy === null ? message : `${message} ${remedy}`;
}

const usualWaitInMs = 30_000;

const titles: Readonly<Record<SourceErrorReason, string>> = {
  accessDenied: "The monitor was refused",
  notFound: "Something the monitor needs is not there",
  throttled: "Azure is throttling the monitor",
  unavailable: "A source did not answer",
  malformed: "A source's answer could not be read",
  incomplete: "A source's answer was incomplete",
};
