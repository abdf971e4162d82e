import { describe, expect, it } from "vitest";
import { openAzurite } from "../support/azurite.ts";
import { countSweepRequests, shareEventfulNights, slots } from "../support/eventful-night.ts";
import { createLife } from "../support/life.ts";
import { inOtherWords } from "../support/stored-history.ts";
import { expectUndisturbed, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const requests = await countSweepRequests(await eventfulNight());
const withFirst = await undisturbed(await eventfulNight(), slots.first, slots.nextNight);
const withoutFirst = await undisturbed(await eventfulNight(), slots.nextNight);

// Reading changes nothing: killed at a read, a sweep leaves what it leaves after the write before.
const writes = requests.filter(({ isWrite }) => isWrite);

describe("a sweep killed after a write, and the next night, on which much is different again", () => {
  it.each(writes)("leave what undisturbed nights leave, and tell it once: $title, $nth", async (request) => {
    const night = await eventfulNight();
    await night.sweepUntilDeath(createLife(request, "after"));
    const { deps } = await night.sweep(slots.nextNight);
    await expectUndisturbed(night, { withFirst, withoutFirst }, inOtherWords);
    expect(await deps.outbox.pending()).toEqual([]);
  });
});
