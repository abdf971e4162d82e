import { describe, expect, it } from "vitest";
import { createArmPace } from "../../../src/adapters/azure/arm-pace.ts";

/** Reads in one subscription after the other, on a clock that only waiting moves; when each was let go, in seconds. */
async function letGo(reads: readonly string[], stepInMs = 0): Promise<readonly number[]> {
  let now = 0;
  const pace = createArmPace({
    now: () => now,
    async sleep(ms) {
      now += ms;
    },
  });
  const moments: number[] = [];
  for (const subscription of reads) {
    await pace.turn(subscription);
    moments.push(now / 1000);
    now += stepInMs;
  }
  return moments;
}

const many = (count: number, subscription = "one") => Array.from({ length: count }, () => subscription);

describe("reads of Resource Manager", () => {
  it("go at once while they are few", async () => {
    expect(Math.max(...(await letGo(many(150))))).toBe(0);
  });

  it("stay below what is refilled once they are many", async () => {
    const moments = await letGo(many(1_000));
    expect(moments.at(-1)).toBeCloseTo((1_000 - 150) / 15, 0);
    for (const [index, moment] of moments.entries()) {
      const inSecond = moments.filter((one) => one >= moment && one < moment + 1).length;
      if (index > 150) expect(inSecond).toBeLessThanOrEqual(16);
    }
  });

  it("of one subscription leave those of another alone, whatever the casing of its id", async () => {
    const moments = await letGo([...many(100, "one"), ...many(50, "ONE"), ...many(150, "two")]);
    expect(moments.at(-1)).toBe(0);
  });

  it("that come more slowly than that never wait", async () => {
    const moments = await letGo(many(300), 100);
    expect(moments.at(-1)).toBeCloseTo(29.9, 1);
  });

  it("wait in order when they come at the same time", async () => {
    const waits: number[] = [];
    const pace = createArmPace({ now: () => 0, sleep: async (ms) => void waits.push(ms) });
    await Promise.all(many(153).map((subscription) => pace.turn(subscription)));
    expect(waits.map(Math.round)).toEqual([67, 133, 200]);
  });
});
