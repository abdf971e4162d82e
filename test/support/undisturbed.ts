import { expect } from "vitest";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { type EventfulNight, slots } from "./eventful-night.ts";
import { regardlessOfSending, type StoredHistory, withoutSweep } from "./stored-history.ts";

/** What sweeps leave behind. */
export interface Left {
  readonly history: StoredHistory;
  /** The cards people got, as text. */
  readonly told: readonly string[];
}

/** What sweeps in these slots leave when nobody disturbs them. */
export async function undisturbed(night: EventfulNight, ...moments: readonly string[]): Promise<Left> {
  for (const moment of moments) await night.sweep(moment);
  return leftBy(night);
}

export async function leftBy(night: EventfulNight): Promise<Left> {
  return { history: regardlessOfSending(await night.history()), told: night.told() };
}

/** No card was lost, and none told twice but perhaps those that were in flight when somebody died. */
export function expectTold(told: readonly string[], expected: readonly string[], inFlight: number): void {
  expect([...new Set(told)]).toEqual(expected);
  expect(told.length).toBeLessThanOrEqual(expected.length + inFlight);
}

/**
 * Whatever became of the first slot's sweep, the later ones leave what they leave undisturbed: after the first, if it
 * got as far as its end, and otherwise as if it had never been.
 */
export async function expectUndisturbed(
  night: EventfulNight,
  { withFirst, withoutFirst }: { readonly withFirst: Left; readonly withoutFirst: Left },
  inWords: (history: StoredHistory) => StoredHistory = (history) => history,
): Promise<void> {
  const { history, told } = await leftBy(night);
  const state = await night.stateOf(slots.first);
  const isFinished = state === "finished";
  const expected = isFinished ? withFirst : withoutFirst;
  const counted = isFinished ? history : withoutSweep(history, sweepIdAt(slots.first));
  expect(inWords(counted)).toEqual(inWords(expected.history));
  expectTold(told, expected.told, isFinished ? 1 : 0);
  expect(state).not.toBe("running");
}
