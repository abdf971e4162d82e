import { describe, expect, it } from "vitest";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import { SourceError } from "../../src/application/source-error.ts";
import { addChanges, type ChangeCounts } from "../../src/domain/sweep.ts";
import { handMadeEstate } from "../../src/emulator/estate/hand-made.ts";
import { createWatch, type Watch } from "../support/nights.ts";

const due: ChangeCounts = { new: 8, reopened: 0, resolved: 6, blinded: 7, departed: 15 };

const writes = await countWrites();
const eachWrite = Array.from({ length: writes }, (_, index) => index + 1);

describe("a night that fails halfway", () => {
  it.each(eachWrite)("loses no change and tells none twice when write %i fails", async (failing) => {
    const { watch, failAt } = createFragileWatch();
    await watch.sweep("2026-11-20");
    failAt(failing);
    const broken = await watch.sweep("2026-11-21", 1).catch(() => null);
    failAt(null);
    const repaired = await watch.sweep("2026-11-22", 1);
    const told = [...(broken?.alerts ?? []), ...repaired.alerts].filter(({ kind }) => kind === "drift");
    // A card that was sent and could not be marked comes once more: the same card, of the same sweep.
    const bySweep = new Map(told.map(({ sweepId, changes }) => [sweepId, changes]));
    expect([...bySweep.values()]).toEqual([due]);
    expect((await watch.sweep("2026-11-23", 1)).alerts).toEqual([]);
  });

  it("leaves a sweep that did not finish as failed and the lock free", async () => {
    const { watch, failAt } = createFragileWatch();
    await watch.sweep("2026-11-20");
    failAt(12);
    await expect(watch.sweep("2026-11-21", 1)).rejects.toThrow("Storage is down.");
    failAt(null);
    expect(await watch.deps.history.sweep("2026-11-21T01-00-00Z")).toMatchObject({ state: "failed" });
    expect(await watch.deps.history.lock("other", "2026-11-21T01:05:00Z", 60_000)).toMatchObject({
      outcome: "taken",
    });
  });

  it("stays failed when other batches were under way", async () => {
    const { watch, failAt } = createFragileWatch({ batchesAtOnce: 3 });
    await watch.sweep("2026-11-20");
    failAt(14);
    await expect(watch.sweep("2026-11-21", 1)).rejects.toThrow("Storage is down.");
    failAt(null);
    expect(await watch.deps.history.sweep("2026-11-21T01-00-00Z")).toMatchObject({ state: "failed" });
    expect((await watch.sweep("2026-11-22", 1)).alerts.map(({ changes }) => changes)).toEqual([due]);
  });
});

describe("a narrower sweep after a failed one", () => {
  it("hides none of the changes outside of it", async () => {
    const { watch, failAt } = createFragileWatch();
    await watch.sweep("2026-11-20");
    failAt(writes - 4);
    await expect(watch.sweep("2026-11-21", 1)).rejects.toThrow("Storage is down.");
    failAt(null);
    const [one] = handMadeEstate.nights[1]?.subscriptions ?? [];
    const narrow = { subscriptions: [one?.subscriptionId ?? ""], managementGroups: [] };
    const nights = [await watch.sweep("2026-11-22", 1, narrow), await watch.sweep("2026-11-23", 1)];
    const told = nights.flatMap(({ alerts }) => alerts.map(({ changes }) => changes));
    expect(told.reduce(addChanges)).toEqual(due);
  });
});

describe("a source that stays silent", () => {
  it("is asked of one missing cluster, not of each in turn", async () => {
    const watch = createWatch();
    const { fleet } = watch.deps;
    let asked = 0;
    const silent = createWatch({
      ...watch.deps,
      fleet: {
        ...fleet,
        clusters: async function* () {
          yield* [];
        },
        presence: async () => {
          asked += 1;
          throw new SourceError("ARM did not answer.", { reason: "unavailable" });
        },
      },
      limits: { ...watch.deps.limits, clustersPerBatch: 1000 },
    });
    const first = await watch.sweep("2026-11-20");
    const { sweep } = await silent.sweep("2026-11-21");
    expect(asked).toBe(1);
    expect(sweep.changes).toMatchObject({ departed: 0, resolved: 0 });
    expect(sweep.tally.clusters).toBe(first.sweep.tally.clusters);
    expect(sweep.gaps.filter(({ reason }) => reason === "unavailable")).toHaveLength(first.clusters.size);
  });
});

describe("a sweep that died without a word", () => {
  it("is closed by the next one, which tells what it had stored", async () => {
    const { watch, failAt } = createFragileWatch();
    await watch.sweep("2026-11-20");
    failAt(20, "for good");
    await watch.sweep("2026-11-21", 1).catch(() => null);
    failAt(null);
    expect(await watch.deps.history.sweep("2026-11-21T01-00-00Z")).toMatchObject({ state: "running" });

    const { alerts } = await watch.sweep("2026-11-22", 1);
    expect(alerts.map(({ changes }) => changes)).toEqual([due]);
    expect(await watch.deps.history.sweep("2026-11-21T01-00-00Z")).toMatchObject({ state: "failed" });
  });
});

describe("the scope of a sweep", () => {
  const nowhere = "99999999-9999-4999-8999-999999999999";

  it("names a subscription that does not exist as a gap, never as swept", async () => {
    const { sweep } = await createWatch().sweep("2026-11-20", 0, {
      subscriptions: [nowhere],
      managementGroups: [],
    });
    expect(sweep.gaps).toMatchObject([{ scope: `/subscriptions/${nowhere}`, reason: "notFound" }]);
  });

  it("leaves alone what lies outside of it", async () => {
    const watch = createWatch();
    const first = await watch.sweep("2026-11-20");
    const [group = ""] = handMadeEstate.nights[0]?.subscriptions[0]?.managementGroups ?? [];
    const { sweep } = await watch.sweep("2026-11-21", 0, { subscriptions: [], managementGroups: [group] });
    expect(sweep.tally.clusters).toBeGreaterThan(0);
    expect(sweep.tally.clusters).toBeLessThan(first.sweep.tally.clusters);
    expect(sweep.changes).toMatchObject({ blinded: 0, departed: 0, resolved: 0 });
  });

  it("names a subscription of the group that Resource Graph leaves out, whoever else is outside", async () => {
    const { deps } = createWatch();
    let hidden: string | null = null;
    const watch = createWatch({
      history: deps.history,
      fleet: {
        ...deps.fleet,
        subscriptions: async (scope) =>
          (await deps.fleet.subscriptions(scope)).filter(({ subscriptionId }) => subscriptionId !== hidden),
      },
    });
    const [one] = handMadeEstate.nights[0]?.subscriptions ?? [];
    const scope = { subscriptions: [], managementGroups: [one?.managementGroups[0] ?? ""] };
    await watch.sweep("2026-11-20");
    const before = await watch.sweep("2026-11-21", 0, scope);
    hidden = one?.subscriptionId ?? "";
    const { sweep } = await watch.sweep("2026-11-22", 0, scope);
    expect(sweep.gaps).toContainEqual(
      expect.objectContaining({ scope: `/subscriptions/${hidden}`, reason: "incomplete" }),
    );
    expect(sweep.tally.clusters).toBe(before.sweep.tally.clusters);
    expect(sweep.changes).toMatchObject({ departed: 0, resolved: 0 });
    expect(sweep.changes.blinded).toBeGreaterThan(0);
  });

  it("is told of once when it shows no clusters", async () => {
    const empty = { subscriptions: [nowhere], managementGroups: [] };
    const watch = createWatch();
    expect((await watch.sweep("2026-11-20", 0, empty)).alerts).toHaveLength(1);
    expect((await watch.sweep("2026-11-21", 0, empty)).alerts).toHaveLength(0);
    const { alerts } = await watch.sweep("2026-11-22");
    expect(alerts).toMatchObject([{ kind: "baseline" }]);
  });
});

interface Fragile {
  readonly watch: Watch;
  /** Makes the nth write from now on fail; `for good` all after it too. */
  failAt(nth: number | null, how?: "once" | "for good"): void;
  writes(): number;
}

/** A watch whose storage can be made to fail at any one write. */
function createFragileWatch(limits: Partial<SweepDependencies["limits"]> = {}): Fragile {
  const { deps } = createWatch();
  let written = 0;
  let failing: number | null = null;
  let isForGood = false;
  const guard = <A extends unknown[], T>(write: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      written += 1;
      if (failing !== null && (written === failing || (isForGood && written > failing))) {
        throw new SourceError("Storage is down.", { reason: "unavailable" });
      }
      return write(...args);
    };
  };
  const { history, archive, outbox } = deps;
  const watch = createWatch({
    limits: { ...deps.limits, clustersPerBatch: 15, ...limits },
    history: {
      ...history,
      lock: guard(history.lock),
      renew: guard(history.renew),
      unlock: guard(history.unlock),
      saveSweep: guard(history.saveSweep),
      store: guard(history.store),
    },
    archive: { ...archive, writePart: guard(archive.writePart), writeManifest: guard(archive.writeManifest) },
    outbox: { ...outbox, put: guard(outbox.put), mark: guard(outbox.mark) },
  });
  return {
    watch,
    failAt(nth, how = "once") {
      written = 0;
      failing = nth;
      isForGood = how === "for good";
    },
    writes: () => written,
  };
}

async function countWrites(): Promise<number> {
  const { watch, failAt, writes } = createFragileWatch();
  await watch.sweep("2026-11-20");
  failAt(null);
  await watch.sweep("2026-11-21", 1);
  return writes();
}
