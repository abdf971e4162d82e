import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import { carryOutSweep } from "../../src/application/run-sweep.ts";
import type { SweepPlan } from "../../src/domain/sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { type EventfulNight, shareEventfulNights, slots } from "../support/eventful-night.ts";
import type { Wire } from "../support/installation.ts";
import { createLife } from "../support/life.ts";
import { beginAndPlan, createRunActivity, type RunActivity, sweepBatches } from "../support/run-activity.ts";
import type { Carry } from "../support/storage-front.ts";
import { expectTold, leftBy, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());

/** A host that runs activities of the first slot's sweep. */
async function startHost(night: EventfulNight, wire?: Wire): Promise<RunActivity> {
  return createRunActivity((await night.start(slots.first, wire)).deps);
}

/** The sweep as far as its plan. */
async function plan(night: EventfulNight): Promise<SweepPlan> {
  const { deps, request } = await night.start(slots.first);
  return beginAndPlan(deps, request);
}

/** What is left once the next sweep has looked into what it finds unsettled. */
async function leftSettled(night: EventfulNight) {
  const { deps } = await night.start(slots.later);
  await deps.history.rememberedSubscriptions([]);
  return leftBy(night);
}

const alone = await undisturbed(await eventfulNight(), slots.first);
const writes = await (async () => {
  const night = await eventfulNight();
  const life = createLife();
  const made = await plan(night);
  await sweepBatches(await startHost(night, life), made);
  return life.requests.filter(({ isWrite }) => isWrite);
})();

describe("a batch that comes again", () => {
  it.each(writes)("changes nothing, though its host dies after a write: $title, $nth", async (request) => {
    const night = await eventfulNight();
    const host = await startHost(night);
    const made = await plan(night);
    const outcomes = await sweepBatches(host, made);
    const life = createLife(request, "after");
    await Promise.race([sweepBatches(await startHost(night, life), made), life.death]);
    await host("finishSweep", { plan: made, outcomes });
    expect(await leftSettled(night)).toEqual(alone);
  });

  it("changes nothing when both run at once, whichever request comes first", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const night = await eventfulNight();
      const host = await startHost(night);
      const made = await plan(night);
      const carry: Carry = (send) => scheduler.scheduleFunction(send)();
      const hosts = [await startHost(night, { carry }), await startHost(night, { carry })];
      const [outcomes] = await scheduler.waitFor(Promise.all(hosts.map((one) => sweepBatches(one, made))));
      await host("finishSweep", { plan: made, outcomes });
      expect(await leftSettled(night)).toEqual(alone);
    });
    await fc.assert(property, { numRuns: 10 });
  }, 120_000);
});

describe("an end that comes twice at once", () => {
  it("leaves one history, and repeats at most the card in flight", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const night = await eventfulNight();
      const host = await startHost(night);
      const made = await plan(night);
      const outcomes = await sweepBatches(host, made);
      const carry: Carry = (send) => scheduler.scheduleFunction(send)();
      const hosts = [await startHost(night, { carry }), await startHost(night, { carry })];
      const ending = Promise.allSettled(hosts.map((one) => one("finishSweep", { plan: made, outcomes })));
      await scheduler.waitFor(ending);
      // Whichever was refused is tried again, as the orchestrator does.
      await host("finishSweep", { plan: made, outcomes });
      const { history, told } = await leftSettled(night);
      expect(history).toEqual(alone.history);
      expectTold(told, alone.told, 1);
    });
    await fc.assert(property, { numRuns: 10 });
  }, 120_000);
});

describe("an end that comes again after its host died between the sweep's end and its card", () => {
  it("leaves the card to whoever holds the lock by then", async () => {
    const night = await eventfulNight();
    const made = await plan(night);
    const outcomes = await sweepBatches(await startHost(night), made);
    await new Promise<void>((die) => {
      const carry: Carry = (send, title) => {
        if (title !== "POST card") return send();
        die();
        return new Promise(() => undefined);
      };
      void startHost(night, { carry }).then((host) => host("finishSweep", { plan: made, outcomes }));
    });
    expect(await night.stateOf(slots.first)).toBe("finished");

    const { deps, request } = await night.start(slots.later);
    expect(await beginSweep(deps, request)).toMatchObject({ outcome: "started" });
    const late = createRunActivity((await night.start(slots.later)).deps);
    await late("finishSweep", { plan: made, outcomes });
    expect(night.told()).toEqual([]);
    await carryOutSweep(deps, request);
    expect(night.told()).toEqual(alone.told);
  });
});
