import { setTimeout as delay } from "node:timers/promises";

/** How long a request is tried before what it was to read counts as unread. */
export interface Patience {
  /** Requests at most, the first included. */
  readonly tries: number;
  /** A try without an answer for this long is given up. */
  readonly tryTimeoutInMs: number;
  /** All waits between the tries of one request; who asks to be left alone for longer is not waited for. */
  readonly longestWaitInMs: number;
  /** Waits; tests let time pass without waiting. */
  readonly sleep: (ms: number) => Promise<void>;
}

export const defaultPatience: Patience = {
  tries: 5,
  tryTimeoutInMs: 60_000,
  longestWaitInMs: 120_000,
  sleep: (ms) => delay(ms),
};

/** Doubles from one second, half of it by chance so that callers do not march in step. `failed` counts from 1. */
export function backoffInMs(failed: number): number {
  const most = 1_000 * 2 ** (failed - 1);
  return Math.round(most / 2 + (Math.random() * most) / 2);
}
