import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import type { Batch, Sweep, SweepRequest } from "../../src/domain/sweep.ts";
import type { BatchInput } from "../../src/functions/sweep-orchestrator.ts";
import type { FunctionsHost } from "../../src/host/functions-host.ts";
import { loadBuiltApp, someSettings } from "../support/built-app.ts";
import { createWatch, type Watch } from "../support/nights.ts";
import { recordsBefore } from "../support/records-before.ts";
import { type Replay, type ReplayOptions, replay } from "../support/replay.ts";
import { createRunActivity, type RunActivity } from "../support/run-activity.ts";

const firstDate = "2026-11-20";
const secondDate = "2026-11-21";
const batchActivity = "sweepBatch";

let host: FunctionsHost;
beforeAll(async () => {
  host = await loadBuiltApp({ ...someSettings, MIDWATCH_ENGINE: "durable" });
});
afterAll(() => host.close());

type Before = (run: RunActivity) => RunActivity;

interface Disturbance extends Pick<ReplayOptions, "pick" | "endingsAtOnce"> {
  readonly batchesAtOnce?: number;
  /** Stands before the real activities. */
  readonly before?: Before;
}

/** A night swept by the real orchestrator; the activities are the real steps over the watch. */
async function orchestrate(watch: Watch, request: SweepRequest, disturbance: Disturbance = {}) {
  const { batchesAtOnce = 1, before = (run) => run, ...options } = disturbance;
  await begin(watch, request);
  return replay({
    ...options,
    host,
    orchestrator: "sweep",
    instanceId: request.id,
    input: { request, batchesAtOnce },
    runActivity: before(createRunActivity(watch.deps)),
  });
}

/** What the engine does before it starts an orchestration. */
async function begin({ deps }: Watch, request: SweepRequest): Promise<void> {
  expect(await beginSweep(deps, request)).toMatchObject({ outcome: "started" });
}

/** All that a sweep leaves for later: the index row, the evidence and what the next night is told. */
async function leftBy({ deps, azure }: Watch, id: string) {
  const subscriptions = await deps.history.rememberedSubscriptions([]);
  const records = await recordsBefore(deps.history, "2026-11-30T01-00-00Z", subscriptions);
  const manifest = await deps.archive.readManifest(id);
  return {
    sweep: await deps.history.sweep(id),
    records: records.map((record) => JSON.stringify(record)).sort(),
    parts: manifest?.parts,
    pending: await deps.outbox.pending(),
    night: azure.night,
  };
}

async function secondNight(watch = createWatch()): Promise<{ watch: Watch; request: SweepRequest }> {
  await watch.sweep(firstDate);
  return { watch, request: watch.prepare(secondDate, 1) };
}

/** The second night as one process sweeps it. */
async function undisturbed() {
  const { watch, request } = await secondNight();
  const { sweep, alerts } = await watch.sweep(secondDate, 1);
  return { sweep, alerts, left: await leftBy(watch, request.id) };
}

async function isLocked({ deps }: Watch): Promise<boolean> {
  const probe = "2026-11-29T01-00-00Z";
  const { outcome } = await deps.history.lock(probe, deps.clock.now(), deps.limits.lockStaleAfterInMs);
  if (outcome === "taken") await deps.history.unlock(probe);
  return outcome !== "taken";
}

/** The batch an activity was called with, if it takes one. */
function batchIn(input: unknown): Batch | undefined {
  // Inputs are those of sweep-orchestrator.ts.
  return (input as Partial<BatchInput>).batch;
}

function batchesOf({ calls }: Replay): readonly number[] {
  return calls.flatMap(({ input }) => batchIn(input)?.index ?? []);
}

/** Fails the calls of one batch as often as told. */
function failing(index: number, times: number): Before {
  let left = times;
  return (run) => async (name, input) => {
    const isStruck = batchIn(input)?.index === index && left > 0;
    if (isStruck) left -= 1;
    if (isStruck) throw new Error("The storage account is on fire.");
    return run(name, input);
  };
}

function failingAlways(activity: string): Before {
  return (run) => async (name, input) => {
    if (name === activity) throw new Error("The storage account is on fire.");
    return run(name, input);
  };
}

describe("the orchestrator of the built app", () => {
  it.each<[string, Disturbance]>([
    ["one batch at a time", { batchesAtOnce: 1 }],
    ["two at a time", { batchesAtOnce: 2 }],
    ["three at a time, the newest ending first", { batchesAtOnce: 3, pick: newest }],
    ["all at once, two ending between decisions", { batchesAtOnce: 16, endingsAtOnce: 2 }],
    ["all at once, all ending between decisions", { batchesAtOnce: 16, endingsAtOnce: 16, pick: newest }],
  ])("sweeps as one process does, %s", async (_, disturbance) => {
    const alone = await undisturbed();
    const { watch, request } = await secondNight();
    const ended = await orchestrate(watch, request, disturbance);
    expect(ended).toMatchObject({ error: null, output: alone.sweep });
    expect(await leftBy(watch, request.id)).toEqual(alone.left);
    expect(await isLocked(watch)).toBe(false);
  });

  it.each([1, 2, 3])("keeps no more than %i batches under way, and runs each once", async (batchesAtOnce) => {
    const { watch, request } = await secondNight();
    const ended = await orchestrate(watch, request, { batchesAtOnce, pick: newest });
    expect(ended.mostAtOnce.get(batchActivity)).toBe(batchesAtOnce);
    const batches = batchesOf(ended);
    expect(batches.length).toBeGreaterThan(4);
    expect(new Set(batches).size).toBe(batches.length);
  });

  it.each([1, 3])("tries a batch again until it works (%i at a time)", async (batchesAtOnce) => {
    const alone = await undisturbed();
    const { watch, request } = await secondNight();
    const ended = await orchestrate(watch, request, { batchesAtOnce, before: failing(1, 2) });
    expect(batchesOf(ended).filter((index) => index === 1)).toHaveLength(3);
    expect(ended).toMatchObject({ error: null, output: alone.sweep });
    expect(await leftBy(watch, request.id)).toEqual(alone.left);
  });

  it.each([1, 2, 16])(
    "makes gaps of a batch that fails for good, and counts the others (%i at a time)",
    async (batchesAtOnce) => {
      const alone = await undisturbed();
      const { watch, request } = await secondNight();
      const ended = await orchestrate(watch, request, { batchesAtOnce, before: failing(1, 99) });
      expect(ended.error).toBeNull();
      expect(batchesOf(ended).filter((index) => index === 1)).toHaveLength(3);

      const struck = ended.calls.map(({ input }) => batchIn(input)).find((batch) => batch?.index === 1);
      expect(struck?.subscriptions.length).toBeGreaterThan(0);
      // The orchestrator returns the sweep.
      const sweep = ended.output as Sweep;
      for (const id of struck?.subscriptions ?? [])
        expect(sweep.gaps).toContainEqual({
          scope: `/subscriptions/${id}`,
          reason: "unavailable",
          detail: "The batch could not be swept: The storage account is on fire.",
          remedy: null,
        });
      expect(sweep.state).toBe("finished");
      expect(sweep.progress.done).toBe(sweep.progress.total - 1);
      expect(sweep.tally.clusters).toBe(alone.sweep.tally.clusters);
      expect(sweep.changes.blinded).toBeGreaterThan(alone.sweep.changes.blinded);
      expect(sweep.changes.departed).toBeLessThanOrEqual(alone.sweep.changes.departed);
      expect(await isLocked(watch)).toBe(false);

      const repaired = await watch.sweep("2026-11-22", 1);
      expect(repaired.sweep.tally).toEqual(alone.sweep.tally);
    },
  );

  it.each(["planSweep", "finishSweep"])(
    "fails, says why and frees the lock when %s fails for good",
    async (activity) => {
      const { watch, request } = await secondNight();
      const ended = await orchestrate(watch, request, { before: failingAlways(activity) });
      expect(ended.error).toContain("The storage account is on fire.");
      expect(ended.calls.filter(({ name }) => name === activity)).toHaveLength(3);
      expect(ended.calls.at(-1)?.name).toBe("failSweep");
      expect(await watch.deps.history.sweep(request.id)).toMatchObject({
        state: "failed",
        failure: "The storage account is on fire.",
      });
      expect(await isLocked(watch)).toBe(false);
    },
  );

  it("changes nothing by running every activity twice", async () => {
    const alone = await undisturbed();
    const { watch, request } = await secondNight();
    const twice: Before = (run) => async (name, input) => {
      await run(name, input);
      return run(name, input);
    };
    const ended = await orchestrate(watch, request, { before: twice, batchesAtOnce: 2 });
    expect(ended.output).toEqual(alone.sweep);
    expect(await leftBy(watch, request.id)).toEqual(alone.left);
    expect(await isLocked(watch)).toBe(false);
  });

  it("changes nothing by messages that come after the sweep has ended", async () => {
    const { watch, request } = await secondNight();
    const ended = await orchestrate(watch, request);
    const before = await leftBy(watch, request.id);
    const run = createRunActivity(watch.deps);
    const late = [...ended.calls, { name: "failSweep", input: { request, failure: "late" } }];
    for (const { name, input } of late) {
      await run(name, input).catch(() => undefined);
      expect(await leftBy(watch, request.id), name).toEqual(before);
      expect(await isLocked(watch), name).toBe(false);
    }
  });

  it("sweeps an empty fleet", async () => {
    const watch = createWatch();
    const scope = { subscriptions: [], managementGroups: ["nobodys"] };
    const ended = await orchestrate(watch, watch.prepare(firstDate, 0, scope));
    expect(ended.error).toBeNull();
    expect(ended.output).toMatchObject({ state: "finished", tally: { clusters: 0 } });
  });
});

function newest<T>(open: readonly T[]): T | undefined {
  return open.at(-1);
}
