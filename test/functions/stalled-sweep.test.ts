import { describe, expect, it } from "vitest";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import type { SweepRequest } from "../../src/domain/sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { nights } from "../support/changing-estate.ts";
import { countRequests, firstSweep, shareEventfulNights, slots } from "../support/eventful-night.ts";
import { createLife } from "../support/life.ts";
import { beginAndPlan, createRunActivity, sweepBatches } from "../support/run-activity.ts";
import type { Carry } from "../support/storage-front.ts";
import { inOtherWords, regardlessOfSending, withoutSweep } from "../support/stored-history.ts";

const eventfulNight = shareEventfulNights(await openAzurite());

async function sweepByActivities(deps: SweepDependencies, request: SweepRequest): Promise<unknown> {
  const plan = await beginAndPlan(deps, request);
  const run = createRunActivity(deps);
  return run("finishSweep", { plan, outcomes: await sweepBatches(run, plan) });
}

/** Two sweeps of the eventful night, or the later alone, and the night after. */
async function undisturbed(isFirstSwept: boolean) {
  const night = await eventfulNight();
  if (isFirstSwept) await night.sweep(slots.first);
  await night.sweep(slots.later);
  night.azure.setNight(nights.next);
  await night.sweep(slots.nextNight);
  return { history: inOtherWords(regardlessOfSending(await night.history())), told: night.told() };
}
const [both, laterAlone] = [await undisturbed(true), await undisturbed(false)];

/** Holds the nth request and all after it until it wakes up. */
function createStall(nth: number) {
  const life = createLife(nth);
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const carry: Carry = async (send, title) => {
    await Promise.race([life.carry(async () => undefined, title), awake]);
    return send();
  };
  return { carry, stalled: life.death, wake };
}

const requests = await (async () => {
  const life = createLife();
  const { deps, request } = await (await eventfulNight()).start(slots.first, life.carry);
  await sweepByActivities(deps, request);
  return countRequests(life);
})();

/**
 * All but the writes to the present themselves: nothing stops one that is on its way, which a time limit of a minute
 * for every request, waiting included, keeps from being on its way for an hour.
 */
const stalls = requests.filter(
  ({ title }, index) =>
    !/\$batch$|^PUT sweeps\(PartitionKey='sweep'/.test(title) &&
    !(title === "GET clusters()" && requests[index - 1]?.title.endsWith("$batch")),
);

describe("a sweep that stalls before a request, is taken over, and wakes up", () => {
  it.each(stalls)("writes over nothing and tells nothing again: $nth, $title", async ({ nth }) => {
    const night = await eventfulNight();
    const { carry, stalled, wake } = createStall(nth);
    const { deps, request } = await night.start(slots.first, carry);
    let now: string = slots.first;
    const first = sweepByActivities({ ...deps, clock: { now: () => now } }, request);
    const ended = Promise.allSettled([first]);
    await Promise.race([stalled, ended]);

    const isFinished = (await night.first())?.state === "finished";
    await night.sweep(slots.later);
    now = slots.later;
    wake();
    await ended;
    night.azure.setNight(nights.next);
    await night.sweep(slots.nextNight);

    const expected = isFinished ? both : laterAlone;
    const history = regardlessOfSending(await night.history());
    expect(inOtherWords(isFinished ? history : withoutSweep(history, firstSweep))).toEqual(expected.history);
    expect([...new Set(night.told())]).toEqual(expected.told);
    expect(night.told().length).toBeLessThanOrEqual(expected.told.length + (isFinished ? 1 : 0));
  });
});
