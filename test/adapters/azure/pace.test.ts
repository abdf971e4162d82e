import { createHttpHeaders } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { createPace } from "../../../src/adapters/azure/pace.ts";

describe("the pace of queries", () => {
  it("does not hold back while quota is left", async () => {
    const { pace, sleeps } = paced();
    for (let index = 0; index < 20; index += 1) {
      await pace.turn();
      pace.learn(answer(5, 3));
    }
    expect(sleeps).toEqual([]);
  });

  it("waits out the window when none is left, and a second more because Azure tells whole seconds", async () => {
    const { pace, sleeps } = paced();
    await pace.turn();
    pace.learn(answer(0, 3));
    await pace.turn();
    expect(sleeps).toEqual([4_000]);
  });

  it("counts queries that are still under way", async () => {
    const { pace, sleeps } = paced();
    await Promise.all([pace.turn(), pace.turn(), pace.turn()]);
    pace.learn(answer(2, 3));
    await pace.turn();
    expect(sleeps).toEqual([4_000]);
  });

  it("sends no more than the documented quota before it has heard anything", async () => {
    const { pace, sleeps } = paced();
    for (let index = 0; index < 15; index += 1) await pace.turn();
    expect(sleeps).toEqual([]);
    let isSent = false;
    const sixteenth = pace.turn().then(() => {
      isSent = true;
    });
    await Promise.resolve();
    expect(isSent).toBe(false);
    pace.learn(answer(14, 5));
    for (let index = 0; index < 14; index += 1) pace.learn(null);
    await sixteenth;
    expect(isSent).toBe(true);
  });

  it("holds all queries back after a refusal, whatever its headers", async () => {
    const { pace, sleeps } = paced();
    await pace.turn();
    pace.learn({ status: 429, headers: createHttpHeaders({}), body: {} });
    await pace.turn();
    expect(sleeps).toEqual([6_000]);
  });

  it.each(["10:00:00", "00:02:00", "999999:00:00", `${"9".repeat(400)}:00:00`])(
    "waits a minute at most when the quota is said to be full after %s, and lets Azure refuse",
    async (resetsAfter) => {
      const { pace, sleeps } = paced();
      await pace.turn();
      pace.learn(answer(0, resetsAfter));
      await pace.turn();
      expect(sleeps).toEqual([60_000]);
    },
  );

  it("waits a minute in all for one query, however often the quota is gone again", async () => {
    let nowInMs = 0;
    const pace = createPace({
      now: () => nowInMs,
      sleep: async (ms) => {
        nowInMs += ms;
        pace.learn(answer(0, 24));
      },
    });
    await pace.turn();
    pace.learn(answer(0, 24));
    await pace.turn();
    expect(nowInMs).toBe(60_000);
  });

  it("learns nothing from answers that do not speak of the quota", async () => {
    const { pace, sleeps } = paced();
    for (let index = 0; index < 10; index += 1) {
      await pace.turn();
      pace.learn({
        status: 200,
        headers: createHttpHeaders({ "x-ms-user-quota-remaining": "many" }),
        body: {},
      });
    }
    expect(sleeps).toEqual([]);
  });
});

function paced() {
  let nowInMs = 0;
  const sleeps: number[] = [];
  const pace = createPace({
    now: () => nowInMs,
    sleep: async (ms) => {
      sleeps.push(ms);
      nowInMs += ms;
    },
  });
  return { pace, sleeps };
}

function answer(remaining: number, resetsAfter: number | string) {
  const headers = createHttpHeaders({
    "x-ms-user-quota-remaining": String(remaining),
    "x-ms-user-quota-resets-after":
      typeof resetsAfter === "string" ? resetsAfter : `00:00:${String(resetsAfter).padStart(2, "0")}`,
  });
  return { status: 200, headers, body: {} };
}
