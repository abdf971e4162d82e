import { describe, expect, it } from "vitest";
import { openAzurite } from "../support/azurite.ts";
import { shareEventfulNights, slots } from "../support/eventful-night.ts";
import { countWrites, strike, sweepBehind } from "../support/storage-strikes.ts";
import { leftBy, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const writes = await countWrites(await eventfulNight());
const alone = await undisturbed(await eventfulNight(), slots.first);

describe("storage that acts and whose answer gets lost", () => {
  it.each(writes)("is asked again, and nothing is there twice: $title, $nth", async (write) => {
    const night = await eventfulNight();
    expect(await sweepBehind(night, strike(write, "drop"))).toBe("finished");
    expect(await leftBy(night)).toEqual(alone);
  });
});
