import { AzureError } from "../errors.ts";

/** Resource Graph's quota of one principal: 15 queries in windows of 5 seconds. */
const queriesPerWindow = 15;
const windowInMs = 5_000;

/** Counts queries by principal. */
export interface Quota {
  /** Counts one query and gives the headers of its answer. @throws AzureError 429 when the window is used up */
  take(principalId: string): Readonly<Record<string, string>>;
}

/** A quota that is kept: a window opens with a principal's first query. `clock` is in milliseconds. */
export function createQuota(clock: () => number): Quota {
  const windows = new Map<string, { readonly opened: number; used: number }>();
  return {
    take(principalId) {
      let window = windows.get(principalId);
      if (!window || clock() - window.opened >= windowInMs) {
        window = { opened: clock(), used: 0 };
        windows.set(principalId, window);
      }
      const leftInSeconds = Math.ceil((window.opened + windowInMs - clock()) / 1000);
      if (window.used >= queriesPerWindow) throw rateLimiting(leftInSeconds);
      window.used += 1;
      return quotaHeaders(queriesPerWindow - window.used, leftInSeconds);
    },
  };
}

/** No quota: the headers are there, and tell of so much that nobody waits, however many ask at the same time. */
export const noQuota: Quota = {
  take: () => quotaHeaders(1_000_000, windowInMs / 1000),
};

/** The headers by which a caller paces itself; `resets-after` is hh:mm:ss. */
function quotaHeaders(remaining: number, resetsAfterInSeconds: number): Readonly<Record<string, string>> {
  return {
    "x-ms-user-quota-remaining": String(remaining),
    "x-ms-user-quota-resets-after": `00:00:${String(resetsAfterInSeconds).padStart(2, "0")}`,
  };
}

function rateLimiting(leftInSeconds: number): AzureError {
  const message =
    "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.";
  return new AzureError(429, "RateLimiting", message, {
    details: [{ code: "RateLimiting", message }],
    headers: {
      ...quotaHeaders(0, leftInSeconds),
      "retry-after": String(leftInSeconds),
    },
  });
}
