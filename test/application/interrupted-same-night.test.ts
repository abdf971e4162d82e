import { describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import { carryOutSweep } from "../../src/application/run-sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import {
  countSweepRequests,
  type EventfulNight,
  firstSweep,
  shareEventfulNights,
  slots,
} from "../support/eventful-night.ts";
import { createLife } from "../support/life.ts";
import { regardlessOfSending, withoutSweep } from "../support/stored-history.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const requests = await countSweepRequests(await eventfulNight());

/** What stays of a night that is swept in these slots and that nobody disturbs. */
async function undisturbed(...moments: readonly string[]) {
  const night = await eventfulNight();
  for (const moment of moments) await night.sweep(moment);
  return { history: regardlessOfSending(await night.history()), told: night.told() };
}
const [both, laterAlone] = [await undisturbed(slots.first, slots.later), await undisturbed(slots.later)];

/** The same slot again, at once: goes on only when nothing of the first is to be seen. */
async function startAgain(night: EventfulNight): Promise<string> {
  const { deps, request } = await night.start(slots.first);
  const { outcome } = await beginSweep(deps, request);
  if (outcome === "started") await carryOutSweep(deps, request);
  return outcome;
}

describe("a sweep killed before a request, the same slot started again, and a later one", () => {
  it.each(requests)("leave what one sweep leaves, and tell it once: $nth, $title", async ({ nth }) => {
    const night = await eventfulNight();
    await night.sweepUntilDeath(createLife(nth, "before"));
    const isLocked = nth > 1;
    expect(await startAgain(night)).toBe(isLocked ? "running" : "started");
    const { deps } = await night.sweep(slots.later);

    const history = regardlessOfSending(await night.history());
    expect(await deps.outbox.pending()).toEqual([]);
    if ((await night.first())?.state === "finished") {
      expect(history).toEqual(both.history);
      // The card in flight may come once more.
      expect([...new Set(night.told())]).toEqual(both.told);
      expect(night.told().length).toBeLessThanOrEqual(both.told.length + 1);
    } else {
      expect(withoutSweep(history, firstSweep)).toEqual(laterAlone.history);
      expect(night.told()).toEqual(laterAlone.told);
    }
  });
});
