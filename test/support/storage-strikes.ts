import { runSweep } from "../../src/application/run-sweep.ts";
import { type EventfulNight, slots } from "./eventful-night.ts";
import type { FrontAnswer, FrontRule } from "./storage-front.ts";

/** Strikes the nth write to storage; `for good` all that follow as well. */
export function strike(
  nth: number,
  answer: FrontAnswer | "drop",
  how: "once" | "for good" = "once",
): FrontRule {
  let writes = 0;
  return ({ method }) => {
    if (method === "GET") return "pass";
    writes += 1;
    return writes === nth || (how === "for good" && writes > nth) ? answer : "pass";
  };
}

/** Sweeps in the first slot behind this rule; answers with how it ended. */
export async function sweepBehind(night: EventfulNight, rule: FrontRule): Promise<string> {
  const { deps, request } = await night.start(slots.first, { rule });
  const sweeping = runSweep(deps, request).then(({ state }) => state);
  return sweeping.catch((error: Error) => error.message);
}

/** The writes of that sweep when nobody strikes, by their number. */
export async function countWrites(night: EventfulNight): Promise<readonly number[]> {
  const writes: number[] = [];
  await sweepBehind(night, ({ method }) => {
    if (method !== "GET") writes.push(writes.length + 1);
    return "pass";
  });
  return writes;
}
