import { describe, expect, it } from "vitest";
import { openAzurite } from "../support/azurite.ts";
import { nights } from "../support/changing-estate.ts";
import { countSweepRequests, firstSweep, shareEventfulNights, slots } from "../support/eventful-night.ts";
import { createLife } from "../support/life.ts";
import { inOtherWords, regardlessOfSending, withoutSweep } from "../support/stored-history.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const requests = await countSweepRequests(await eventfulNight());

/** What stays when nobody disturbs the nights: of both, or of the next one alone. */
async function undisturbed(isFirstSwept: boolean) {
  const night = await eventfulNight();
  if (isFirstSwept) await night.sweep(slots.first);
  night.azure.setNight(nights.next);
  await night.sweep(slots.nextNight);
  return { history: inOtherWords(regardlessOfSending(await night.history())), told: night.told() };
}
const [both, nextAlone] = [await undisturbed(true), await undisturbed(false)];

// Reading changes nothing: killed at a read, a sweep leaves what it leaves after the write before.
describe("a sweep killed after a write, and the next night, on which much is different again", () => {
  it.each(requests.filter(({ isWrite }) => isWrite))(
    "leave what the nights leave that nobody disturbs, and tell it once: $nth, $title",
    async ({ nth }) => {
      const night = await eventfulNight();
      await night.sweepUntilDeath(createLife(nth, "after"));
      night.azure.setNight(nights.next);
      const { deps } = await night.sweep(slots.nextNight);

      const isFinished = (await night.first())?.state === "finished";
      const expected = isFinished ? both : nextAlone;
      const history = regardlessOfSending(await night.history());
      expect(inOtherWords(isFinished ? history : withoutSweep(history, firstSweep))).toEqual(
        expected.history,
      );
      expect([...new Set(night.told())]).toEqual(expected.told);
      expect(night.told().length).toBeLessThanOrEqual(expected.told.length + (isFinished ? 1 : 0));
      expect(await deps.outbox.pending()).toEqual([]);
    },
  );
});
