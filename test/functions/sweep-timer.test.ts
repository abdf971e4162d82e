import { InvocationContext, type Timer } from "@azure/functions";
import { describe, expect, it } from "vitest";
import { createInProcessEngine } from "../../src/application/in-process-engine.ts";
import { createTimerHandler, slotAt } from "../../src/functions/sweep-timer.ts";
import { createTestApp } from "./test-app.ts";

const nightly = "0 0 1 * * *";

describe("the slot of a firing", () => {
  it.each([
    ["on time", "2026-11-21T01:00:00.000Z", "2026-11-21T01:00:00.000Z"],
    ["a blink early", "2026-11-21T00:59:59.400Z", "2026-11-21T01:00:00.000Z"],
    ["a second and more early: nothing to sweep yet", "2026-11-21T00:59:58.000Z", "2026-11-20T01:00:00.000Z"],
    ["a few seconds late", "2026-11-21T01:00:07.123Z", "2026-11-21T01:00:00.000Z"],
    ["hours late, after an outage", "2026-11-21T19:30:00.000Z", "2026-11-21T01:00:00.000Z"],
    ["just before the next", "2026-11-22T00:59:58.999Z", "2026-11-21T01:00:00.000Z"],
    ["across the end of a year", "2027-01-01T00:30:00.000Z", "2026-12-31T01:00:00.000Z"],
  ])("%s", (_, now, slot) => {
    expect(slotAt(nightly, now)).toBe(slot);
  });

  it("follows the schedule, whatever it is", () => {
    expect(slotAt("30 */15 * * * *", "2026-11-21T10:20:00Z")).toBe("2026-11-21T10:15:30.000Z");
    expect(slotAt("0 0 6 * * MON-FRI", "2026-11-22T12:00:00Z")).toBe("2026-11-20T06:00:00.000Z");
  });

  it("wants day of month and day of week both, as NCRONTAB does", () => {
    expect(slotAt("0 0 1 1-7 * MON", "2026-11-21T12:00:00Z")).toBe("2026-11-02T01:00:00.000Z");
  });
});

describe("the nightly timer", () => {
  it("starts the sweep of its slot, with the settings' scope and profile", async () => {
    const night = await createNight();
    await night.fire("2026-11-21T01:00:02Z");
    expect(await night.history.sweep("2026-11-21T01-00-00Z")).toMatchObject({
      state: "finished",
      startedAt: "2026-11-21T01:00:00.000Z",
      asOf: "2026-11-21",
      profile: "default",
      scope: { subscriptions: [], managementGroups: [] },
    });
  });

  it("sweeps a slot once, however often it fires", async () => {
    const night = await createNight();
    for (const now of ["01:00:00Z", "01:00:01Z", "01:10:00Z", "23:00:00Z", "00:59:59.500Z"])
      await night.fire(`2026-11-21T${now}`);
    expect(await night.sweepIds()).toEqual(["2026-11-21T01-00-00Z"]);
    expect(night.alerts()).toBe(1);
  });

  it("makes one sweep of two timers at once", async () => {
    const night = await createNight();
    await Promise.all([night.fireOnly("2026-11-21T01:00:00Z"), night.fireOnly("2026-11-21T01:00:00Z")]);
    await night.settled("2026-11-21T01-00-00Z");
    expect(await night.sweepIds()).toEqual(["2026-11-21T01-00-00Z"]);
    expect(night.alerts()).toBe(1);
  });

  it("sweeps no slot anew when the clock jumps back over it, and goes on when the clock is right again", async () => {
    const night = await createNight();
    await night.fire("2026-11-21T01:00:00Z");
    await night.fire("2026-11-20T01:00:00Z");
    await night.fire("2026-11-21T01:00:00Z");
    await night.fire("2026-11-22T01:00:00Z");
    expect(await night.sweepIds()).toEqual([
      "2026-11-22T01-00-00Z",
      "2026-11-21T01-00-00Z",
      "2026-11-20T01-00-00Z",
    ]);
  });

  it("fails when the sweep cannot be started, so that the platform tries again", async () => {
    const { app } = createTestApp();
    const handler = createTimerHandler(
      async () => app,
      () => ({ start: () => Promise.reject(new Error("The extension is away.")) }),
    );
    await expect(handler(timer, new InvocationContext())).rejects.toThrow("The extension is away.");
  });
});

const timer: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: "", next: "", lastUpdated: "" },
};

/** The timer over an emulated Azure and a sweep in this process. */
async function createNight() {
  const { app, setNow, alerts } = createTestApp();
  const { history } = app.sweep;
  const handler = createTimerHandler(
    async () => app,
    ({ sweep }) => createInProcessEngine(sweep),
  );
  const fireOnly = (now: string) => {
    setNow(now);
    return handler(timer, new InvocationContext());
  };
  const settled = (id: string) =>
    expect.poll(async () => (await history.sweep(id))?.state, { interval: 5 }).toBe("finished");
  return {
    history,
    alerts: () => alerts.length,
    fireOnly,
    settled,
    fire: async (now: string) => {
      await fireOnly(now);
      const [newest] = await history.sweeps(1);
      await settled(newest?.id ?? "");
    },
    sweepIds: async () => (await history.sweeps(10)).map(({ id }) => id),
  };
}
