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

/** Remembers requests, so that a test can count them. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  add(request: EmulatedRequest, service: ServiceName, outcome: EmulatedOutcome): void;
  clear(): void;
}

/** An empty log. */
export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    add({ method, url, body }, service, outcome) {
      requests.push({
        service,
        method,
        path: new URL(url).pathname,
        query: service === "resourceGraph" ? queryOf(body) : undefined,
        status: typeof outcome === "string" ? outcome : outcome.status,
      });
    },
    clear() {
      requests.length = 0;
    },
  };
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
