import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenPromises } from "../support/invariants.ts";
import { anyStory, playOut } from "../support/random-story.ts";

/** `MIDWATCH_STORIES` tells more stories than the usual ones, `MIDWATCH_SEED` others. */
const numRuns = Number(process.env.MIDWATCH_STORIES ?? 80);
const seed = Number(process.env.MIDWATCH_SEED ?? 20_261_121);

describe("nights on which anything goes wrong", () => {
  it("keep all promises, whatever it is", async () => {
    const story = fc.asyncProperty(anyStory, async (one) => {
      expect(brokenPromises(await playOut(one))).toEqual([]);
    });
    await fc.assert(story, { numRuns, seed });
  }, 3_600_000);
});
