import { describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import { carryOutSweep } from "../../src/application/run-sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import {
  countSweepRequests,
  type EventfulNight,
  shareEventfulNights,
  slots,
} from "../support/eventful-night.ts";
import { createLife, type Life } from "../support/life.ts";
import { expectUndisturbed, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const requests = await countSweepRequests(await eventfulNight());
const withFirst = await undisturbed(await eventfulNight(), slots.first, slots.later);
const withoutFirst = await undisturbed(await eventfulNight(), slots.later);

/** The same slot again, at once: goes on only when nothing of the first is to be seen. */
async function startAgain(night: EventfulNight): Promise<string> {
  const { deps, request } = await night.start(slots.first);
  const { outcome } = await beginSweep(deps, request);
  if (outcome === "started") await carryOutSweep(deps, request);
  return outcome;
}

/** The first request takes the lock. How often two batches at once read it is chance: the last of many may never come. */
function outcomeAfter({ hasDied, requests: sent }: Life): "running" | "started" | "done" {
  if (!hasDied) return "done";
  return sent.length > 1 ? "running" : "started";
}

describe("a sweep killed before a request, the same slot started again, and a later one", () => {
  it.each(requests)("leave what one sweep leaves, and tell it once: $title, $nth", async (request) => {
    const night = await eventfulNight();
    const life = createLife(request, "before");
    await night.sweepUntilDeath(life);
    expect(await startAgain(night)).toBe(outcomeAfter(life));
    const { deps } = await night.sweep(slots.later);
    await expectUndisturbed(night, { withFirst, withoutFirst });
    expect(await deps.outbox.pending()).toEqual([]);
  });
});
