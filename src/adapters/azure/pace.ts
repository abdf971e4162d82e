import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "./answer.ts";

/**
 * Keeps all Resource Graph queries of one identity within its quota, which belongs to the identity and not to the
 * query. Azure tells it with every answer (`x-ms-user-quota-remaining`, `x-ms-user-quota-resets-after`).
 */
export interface Pace {
  /** Waits until a query may be sent, and counts it. */
  turn(): Promise<void>;
  /** Takes in what an answer says; null when none came. */
  learn(answer: Answer | null): void;
}

export interface Timing {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const realTiming: Timing = { now: () => performance.now(), sleep: (ms) => delay(ms) };

/** What Azure documents, until an answer says otherwise (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests). */
const documentedQuota = 15;
const documentedWindowInMs = 5_000;

/**
 * A query waits this long in all, far longer than any window Azure documents. An answer that promises the quota
 * for later, or others that always come first, must not hold it for ever: it then goes, and Azure's refusal, if it
 * comes, counts among the tries of `ask.ts`.
 */
const longestWaitInMs = 60_000;

export function createPace({ now, sleep }: Timing = realTiming): Pace {
  let left = documentedQuota;
  let underway = 0;
  /** Several queries were under way at once, so that their answers may come in any order. */
  let isMixed = false;
  /** When the quota is full again; null while nothing was heard. */
  let fullAt: number | null = null;

  return {
    async turn() {
      const deadline = now() + longestWaitInMs;
      for (;;) {
        if (fullAt !== null && now() >= fullAt) {
          left = documentedQuota - underway;
          fullAt = null;
        }
        if (left > 0 || now() >= deadline) break;
        const until = Math.min(fullAt ?? now() + documentedWindowInMs, deadline);
        await sleep(Math.max(1, until - now()));
        fullAt ??= now();
      }
      left = Math.max(0, left - 1);
      isMixed = underway > 0;
      underway += 1;
    },
    learn(answer) {
      underway = Math.max(0, underway - 1);
      if (answer === null) return;
      const resetsAfterInMs = readDuration(answer.headers.get("x-ms-user-quota-resets-after"));
      const isRefused = answer.status === 429;
      const remaining = isRefused ? 0 : readCount(answer.headers.get("x-ms-user-quota-remaining"));
      if (remaining === null) return;
      // Whole seconds, and nobody documents which way they are rounded: one more is safe, and waited for only at zero.
      const ends = now() + (resetsAfterInMs ?? documentedWindowInMs) + 1_000;
      // Queries under way may not be counted in it yet.
      const told = Math.max(0, remaining - underway);
      // Answers overtake each other: of one window the lowest figure counts. The next one ends a whole window later.
      const isNews = isRefused || !isMixed || fullAt === null || ends > fullAt + documentedWindowInMs / 2;
      left = isNews ? told : Math.min(left, told);
      if (isNews) fullAt = ends;
    },
  };
}

/** `hh:mm:ss` in milliseconds. */
function readDuration(text: string | undefined): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2})/.exec(text ?? "") ?? [];
  if (seconds === undefined) return null;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
