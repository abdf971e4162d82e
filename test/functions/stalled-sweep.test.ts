import { describe, it } from "vitest";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import type { SweepRequest } from "../../src/domain/sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { shareEventfulNights, slots } from "../support/eventful-night.ts";
import { type CountedRequest, createLife } from "../support/life.ts";
import { beginAndPlan, createRunActivity, sweepBatches } from "../support/run-activity.ts";
import type { Carry } from "../support/storage-front.ts";
import { inOtherWords } from "../support/stored-history.ts";
import { expectUndisturbed, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());

async function sweepByActivities(deps: SweepDependencies, request: SweepRequest): Promise<unknown> {
  const plan = await beginAndPlan(deps, request);
  const run = createRunActivity(deps);
  return run("finishSweep", { plan, outcomes: await sweepBatches(run, plan) });
}

const withFirst = await undisturbed(await eventfulNight(), slots.first, slots.later, slots.nextNight);
const withoutFirst = await undisturbed(await eventfulNight(), slots.later, slots.nextNight);

/** Holds this request and all after it until it wakes up. */
function createStall(request: CountedRequest) {
  const life = createLife(request);
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
  const { deps, request } = await (await eventfulNight()).start(slots.first, life);
  await sweepByActivities(deps, request);
  return life.requests;
})();

/**
 * Not the writes to the present themselves: nothing stops one that is on its way, which a time limit of a minute for
 * every request, waiting included, keeps from being on its way for an hour.
 */
const isOnItsWay = (title: string, before = "") =>
  /\$batch$|^PUT sweeps\(PartitionKey='sweep'/.test(title) ||
  (title === "GET clusters()" && before.endsWith("$batch"));
/** Once is enough for what reads the evidence again, and for the three requests that renew the lock. */
const isRepeated = (title: string) => /^GET evidence|^POST sweeps$|^GET .*'lock'/.test(title);
const stalls = requests.filter(
  ({ title }, index) => !isRepeated(title) && !isOnItsWay(title, requests[index - 1]?.title),
);

describe("a sweep that stalls before a request, is taken over, and wakes up", () => {
  it.each(stalls)("writes over nothing and tells nothing again: $title, $nth", async (stall) => {
    const night = await eventfulNight();
    const { carry, stalled, wake } = createStall(stall);
    const { deps, request } = await night.start(slots.first, { carry });
    let now: string = slots.first;
    const first = sweepByActivities({ ...deps, clock: { now: () => now } }, request);
    const ended = Promise.allSettled([first]);
    await Promise.race([stalled, ended]);

    await night.sweep(slots.later);
    now = slots.later;
    wake();
    await ended;
    await night.sweep(slots.nextNight);
    await expectUndisturbed(night, { withFirst, withoutFirst }, inOtherWords);
  });
});
