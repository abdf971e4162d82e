import { runSweep } from "../../src/application/run-sweep.ts";
import { type EventfulNight, slots } from "./eventful-night.ts";
import { type CountedRequest, countRequest } from "./life.ts";
import type { FrontAnswer, FrontRule } from "./storage-front.ts";

/** Strikes this write to storage; `for good` all that follow as well. */
export function strike(
  { title, nth }: CountedRequest,
  answer: FrontAnswer | "drop",
  how: "once" | "for good" = "once",
): FrontRule {
  const seen: CountedRequest[] = [];
  let hasStruck = false;
  return (asked) => {
    const request = countRequest(seen, asked.title);
    seen.push(request);
    const isStruck = request.title === title && request.nth === nth;
    const isLater = hasStruck && how === "for good" && request.isWrite;
    hasStruck ||= isStruck;
    return isStruck || isLater ? answer : "pass";
  };
}

/** Sweeps in the first slot behind this rule; answers with how it ended. */
export async function sweepBehind(night: EventfulNight, rule: FrontRule): Promise<string> {
  const { deps, request } = await night.start(slots.first, { rule });
  const sweeping = runSweep(deps, request).then(({ state }) => state);
  return sweeping.catch((error: Error) => error.message);
}

/** The writes of that sweep when nobody strikes. */
export async function countWrites(night: EventfulNight): Promise<readonly CountedRequest[]> {
  const seen: CountedRequest[] = [];
  await sweepBehind(night, ({ title }) => {
    seen.push(countRequest(seen, title));
    return "pass";
  });
  return seen.filter(({ isWrite }) => isWrite);
}
