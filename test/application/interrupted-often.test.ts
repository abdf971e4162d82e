import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { countSweepRequests, shareEventfulNights } from "../support/eventful-night.ts";
import { createLife } from "../support/life.ts";
import { inOtherWords, withoutSweep } from "../support/stored-history.ts";
import { expectTold, type Left, leftBy, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const requests = await countSweepRequests(await eventfulNight());

/** Two nights of slots, each far enough from the one before to take over what died in it. */
const moments = ["22T01", "22T03", "22T05", "23T01", "23T03", "23T05"].map(
  (slot) => `2026-11-${slot}:00:00.000Z`,
);
const last = "2026-11-23T07:00:00.000Z";

const leftByThese = new Map<string, Promise<Left>>();
function undisturbedIn(finished: readonly string[]): Promise<Left> {
  const key = finished.join();
  const left = leftByThese.get(key) ?? eventfulNight().then((night) => undisturbed(night, ...finished));
  leftByThese.set(key, left);
  return left;
}

/** Where a sweep dies; now and then it does not. */
const death = fc.record({
  request: fc.option(fc.constantFrom(...requests), { nil: undefined }),
  moment: fc.constantFrom("before" as const, "after" as const),
});

describe("sweeps that die one after the other", () => {
  it("leave what those leave that got to their end, and tell it once", async () => {
    const deaths = fc.array(death, { minLength: 2, maxLength: moments.length });
    const property = fc.asyncProperty(deaths, async (drawn) => {
      const night = await eventfulNight();
      for (const [index, { request, moment }] of drawn.entries())
        await night.sweepUntilDeath(createLife(request, moment), moments[index]);
      await night.sweep(last);

      const finished: string[] = [];
      let { history, told } = await leftBy(night);
      for (const moment of moments) {
        if ((await night.stateOf(moment)) === "finished") finished.push(moment);
        else history = withoutSweep(history, sweepIdAt(moment));
      }
      const expected = await undisturbedIn([...finished, last]);
      expect(inOtherWords(history)).toEqual(inOtherWords(expected.history));
      expectTold(told, expected.told, finished.length);
    });
    await fc.assert(property, { numRuns: 10 });
  }, 300_000);
});
