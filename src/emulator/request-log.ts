import type { ServiceName } from "./faults.ts";
import type { EmulatedOutcome, EmulatedRequest } from "./service.ts";

/** One request and what became of it. */
export interface LoggedRequest {
  readonly service: ServiceName;
  readonly method: string;
  readonly path: string;
  /** The text of a Resource Graph query. */
  readonly query: string | undefined;
  readonly status: number | "hang" | "reset";
}

/** What was asked and answered in all. */
export interface Tally {
  readonly requests: number;
  /** Answers by service and status; `hang` and `reset` count as statuses. */
  readonly answers: Readonly<Partial<Record<ServiceName, Readonly<Record<string, number>>>>>;
  /** Resource Graph queries, answered or refused. */
  readonly queries: number;
  /** Resource Graph rows served. */
  readonly rows: number;
  /** 429 of Resource Graph that the quota gave and no fault. */
  readonly throttled: number;
  /** Teams cards accepted. */
  readonly cards: number;
}

/** Remembers requests, so that a test can count them. */
export interface RequestLog {
  /** Oldest first. */
  readonly requests: readonly LoggedRequest[];
  tally(): Tally;
  add(request: EmulatedRequest, service: ServiceName, outcome: EmulatedOutcome, isFault: boolean): void;
  /** Forgets the requests and begins to count anew. */
  clear(): void;
}

const nothing: Tally = { requests: 0, answers: {}, queries: 0, rows: 0, throttled: 0, cards: 0 };

/** An empty log that counts every request and remembers the latest, up to so many. */
export function createRequestLog(mostRemembered = Number.POSITIVE_INFINITY): RequestLog {
  const requests: LoggedRequest[] = [];
  let tally = nothing;
  return {
    requests,
    tally: () => tally,
    add(request, service, outcome, isFault) {
      const status = typeof outcome === "string" ? outcome : outcome.status;
      const rows = typeof outcome === "string" ? 0 : (outcome.rows ?? 0);
      const sameService = tally.answers[service];
      const isQuery = service === "resourceGraph";
      tally = {
        requests: tally.requests + 1,
        answers: {
          ...tally.answers,
          [service]: { ...sameService, [status]: (sameService?.[status] ?? 0) + 1 },
        },
        queries: tally.queries + Number(isQuery),
        rows: tally.rows + rows,
        throttled: tally.throttled + Number(isQuery && status === 429 && !isFault),
        cards: tally.cards + Number(service === "teams" && status === 202),
      };
      if (mostRemembered > 0) requests.push(describe(request, service, status));
      if (requests.length > mostRemembered) requests.shift();
    },
    clear() {
      requests.length = 0;
      tally = nothing;
    },
  };
}

function describe(
  { method, url, body }: EmulatedRequest,
  service: ServiceName,
  status: LoggedRequest["status"],
): LoggedRequest {
  const query = service === "resourceGraph" ? queryOf(body) : undefined;
  return { service, method, path: new URL(url).pathname, query, status };
}

function queryOf(body: string): string | undefined {
  try {
    const { query } = JSON.parse(body);
    return typeof query === "string" ? query : undefined;
  } catch {
    // A broken body is refused by the service; here it has no query.
    return undefined;
  }
}
