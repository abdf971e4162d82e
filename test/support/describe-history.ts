import { beforeEach, describe, expect, it } from "vitest";
import type { History } from "../../src/application/ports.ts";
import type { ClusterRecord } from "../../src/domain/drift.ts";
import type { Gap } from "../../src/domain/gap.ts";
import {
  exampleCluster,
  exampleFinding,
  exampleRecord,
  exampleSubscription,
  exampleSweep,
} from "./example-records.ts";

const first = "2026-11-20T01-00-00Z";
const second = "2026-11-21T01-00-00Z";
const third = "2026-11-22T01-00-00Z";
const now = "2026-11-21T01:00:00.000Z";
const hourInMs = 3_600_000;

type Change = Parameters<History["store"]>[1][number];

/** What every History must do; `create` gives one that remembers nothing. */
export function describeHistory(name: string, create: () => Promise<History>): void {
  describe(`History: ${name}`, () => {
    let history: History;
    beforeEach(async () => {
      history = await create();
    });

    const recall = async (sweepId: string, ...subscriptionIds: readonly string[]) => {
      const records: ClusterRecord[] = [];
      for await (const { record } of history.recordsBefore([sweepId], subscriptionIds))
        if (record) records.push(record);
      return records.sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1));
    };

    describe("records", () => {
      it("remembers nothing at first", async () => {
        expect(await recall(first, exampleSubscription(1), exampleSubscription(2))).toEqual([]);
        expect(await recall(first)).toEqual([]);
        expect(await history.rememberedSubscriptions([])).toEqual([]);
      });

      it("gives a record back letter for letter, for records are compared by their text", async () => {
        const record = exampleRecord();
        await history.store(first, [change(record, null)]);
        const [read] = await recall(second, exampleSubscription(1));
        expect(JSON.stringify(read)).toBe(JSON.stringify(record));
      });

      it("finds a subscription in whatever case it is asked for", async () => {
        await history.store(first, [change(exampleRecord(), null)]);
        expect(await recall(second, exampleSubscription(1).toUpperCase())).toHaveLength(1);
      });

      it("keeps the night before for the sweep that wrote and shows what it wrote to the next", async () => {
        const old = exampleRecord({ score: 50 });
        const young = exampleRecord({ score: 90 });
        await history.store(first, [change(old, null)]);
        await history.store(second, [change(young, old)]);
        expect(await recall(second, exampleSubscription(1))).toEqual([old]);
        expect(await recall(third, exampleSubscription(1))).toEqual([young]);
      });

      it("tells a repeated batch nothing of clusters that its own sweep brought", async () => {
        await history.store(first, [change(exampleRecord(), null)]);
        expect(await recall(first, exampleSubscription(1))).toEqual([]);
      });

      it("is the same after storing twice as after once", async () => {
        const old = exampleRecord({ score: 50 });
        const young = exampleRecord({ score: 90 });
        await history.store(first, [change(old, null), change(old, null)]);
        await history.store(second, [change(young, old)]);
        await history.store(second, [change(young, old)]);
        expect(await recall(second, exampleSubscription(1))).toEqual([old]);
        expect(await recall(third, exampleSubscription(1))).toEqual([young]);
        expect(await history.rememberedSubscriptions([])).toEqual([exampleSubscription(1)]);
      });

      it("yields the night before whole when only a part of the batch was stored", async () => {
        const old = fleet(30, 3);
        await history.store(
          first,
          old.map((record) => change(record, null)),
        );
        const half = old.slice(0, 17).map((record) => change({ ...record, score: 1 }, record));
        await history.store(second, [
          ...half,
          change(exampleRecord({ cluster: exampleCluster({ name: "aks-young" }) }), null),
        ]);
        expect(await recall(second, ...subscriptionsOf(old))).toEqual(old);
      });

      it("holds more clusters than a page or a transaction does", async () => {
        const records = fleet(1100, 4);
        await history.store(
          first,
          records.map((record) => change(record, null)),
        );
        expect(await recall(second, ...subscriptionsOf(records))).toEqual(records);

        const changed = records.map((record) => ({ ...record, score: 12.5 }));
        await history.store(
          second,
          changed.map((record, index) => change(record, records[index] ?? null)),
        );
        expect(await recall(second, ...subscriptionsOf(records))).toEqual(records);
        expect(await recall(third, ...subscriptionsOf(records))).toEqual(changed);
      });

      it("leaves out subscriptions that were not asked for, also those in between", async () => {
        const records = Array.from({ length: 24 }, (_, index) => inSubscription(index));
        await history.store(
          first,
          records.map((record) => change(record, null)),
        );
        const wanted = [0, 1, 3, 12, 23];
        expect(await recall(second, ...wanted.map(exampleSubscription))).toEqual(wanted.map(inSubscription));
      });

      it("keeps clusters apart whose names differ only in what keys cannot hold", async () => {
        const groups = [
          "rg-a(1)",
          "rg-a(2)",
          "rg.größe",
          "rg.grösse",
          "rg-日本",
          "rg|aks",
          "rg/aks#?\\",
          "rg%2faks",
          "rg'x",
          "rg x",
        ];
        const records = groups
          .map((resourceGroup) => exampleRecord({ cluster: exampleCluster({ resourceGroup }) }))
          .sort((a, b) => (a.cluster.id < b.cluster.id ? -1 : 1));
        await history.store(
          first,
          records.map((record) => change(record, null)),
        );
        await history.store(
          second,
          records.map((record) => change({ ...record, score: 3 }, record)),
        );
        expect(await recall(second, exampleSubscription(1))).toEqual(records);
        expect(await recall(third, exampleSubscription(1))).toHaveLength(groups.length);
      });

      it("keeps two incarnations of the same name apart", async () => {
        const old = exampleRecord({ presence: "departed" });
        const young = exampleRecord({ cluster: exampleCluster({ resourceUid: "another" }) });
        await history.store(first, [change(old, null), change(young, null)]);
        expect(await recall(second, exampleSubscription(1))).toHaveLength(2);
      });

      it("remembers a cluster once whose row no longer names its incarnation", async () => {
        const old = exampleRecord();
        const young = exampleRecord({ cluster: exampleCluster({ resourceUid: null }) });
        await history.store(first, [change(old, null)]);
        await history.store(second, [change(young, old)]);
        expect(await recall(second, exampleSubscription(1))).toEqual([old]);
        expect(await recall(third, exampleSubscription(1))).toEqual([young]);
      });

      it("keeps a record with the most tags a resource can have", async () => {
        const tags = Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [`${index}-`.padEnd(512, "🔒"), "ü".repeat(256)]),
        );
        const record = exampleRecord({ cluster: exampleCluster({ tags }) });
        await history.store(first, [change(record, null)]);
        await history.store(second, [change({ ...record, score: 1 }, record)]);
        expect(await recall(second, exampleSubscription(1))).toEqual([record]);
        expect(await recall(third, exampleSubscription(1))).toEqual([{ ...record, score: 1 }]);
      });

      it("takes findings with much evidence", async () => {
        const evidence = Array.from({ length: 600 }, (_, index) => ({
          path: `properties.agentPoolProfiles[${index}].nodePublicIPPrefixID`,
          observed: "x".repeat(40),
          expected: null,
        }));
        const long = exampleFinding({ verdict: { kind: "fail", evidence, reason: null } });
        const finding = exampleFinding({
          verdict: { kind: "unknown", evidence: [], reason: "r".repeat(2_000_000) },
        });
        await history.store(first, [
          {
            record: exampleRecord(),
            before: null,
            findings: [long, { ...finding, control: "nodes.azure-linux" }],
          },
        ]);
        expect(await recall(second, exampleSubscription(1))).toHaveLength(1);
      });

      it("takes no changes for nothing to do", async () => {
        await history.store(first, []);
        expect(await history.rememberedSubscriptions([])).toEqual([]);
      });
    });

    describe("subscriptions", () => {
      it("names those in which clusters live, in order", async () => {
        const records = [
          inSubscription(3),
          inSubscription(1),
          { ...inSubscription(2), presence: "unseen" as const },
        ];
        await history.store(
          first,
          records.map((record) => change(record, null)),
        );
        expect(await history.rememberedSubscriptions([])).toEqual([1, 2, 3].map(exampleSubscription));
      });

      it("forgets one whose last cluster departed, and keeps its records", async () => {
        const records = fleet(2, 1);
        const gone = records.map((record) => ({ ...record, presence: "departed" as const }));
        await history.store(
          first,
          records.map((record) => change(record, null)),
        );

        await history.store(
          second,
          gone.slice(0, 1).map((record) => change(record, records[0] ?? null)),
        );
        expect(await history.rememberedSubscriptions([])).toEqual(subscriptionsOf(records));
        await history.store(
          third,
          gone.slice(1).map((record) => change(record, records[1] ?? null)),
        );
        expect(await history.rememberedSubscriptions([])).toEqual([]);
        expect(await recall("2026-11-23T01-00-00Z", ...subscriptionsOf(records))).toEqual(gone);
      });

      it("names one again when a cluster comes back", async () => {
        const gone = exampleRecord({ presence: "departed" });
        await history.store(first, [change(gone, null)]);
        expect(await history.rememberedSubscriptions([])).toEqual([]);
        await history.store(second, [change(exampleRecord(), gone)]);
        expect(await history.rememberedSubscriptions([])).toEqual([exampleSubscription(1)]);
      });
    });

    describe("sweeps", () => {
      it("keeps a sweep under its id and replaces it when saved again", async () => {
        expect(await history.sweep(first)).toBeNull();
        await history.saveSweep(exampleSweep({ id: first }));
        const finished = exampleSweep({ id: first, state: "finished", finishedAt: now, gaps: [gap(1)] });
        await history.saveSweep(finished);
        expect(await history.sweep(first)).toEqual(finished);
        expect(await history.sweep(second)).toBeNull();
        expect(await history.sweeps(10)).toEqual([finished]);
      });

      it("lists the newest first, at most as many as asked for", async () => {
        for (const id of [second, first, third]) await history.saveSweep(exampleSweep({ id }));
        expect((await history.sweeps(10)).map(({ id }) => id)).toEqual([third, second, first]);
        expect((await history.sweeps(2)).map(({ id }) => id)).toEqual([third, second]);
        expect(await history.sweeps(0)).toEqual([]);
      });

      it("keeps every gap of a sweep that could hardly read anything", async () => {
        const sweep = exampleSweep({ gaps: Array.from({ length: 5000 }, (_, index) => gap(index)) });
        await history.saveSweep(sweep);
        expect(await history.sweep(sweep.id)).toEqual(sweep);
      });
    });

    describe("lock", () => {
      it("is taken by one sweep, which renews it, and refused to others", async () => {
        expect(await history.lock(first, now, hourInMs)).toEqual({ outcome: "taken", holder: first });
        expect(await history.lock(first, now, hourInMs)).toEqual({ outcome: "renewed", holder: first });
        expect(await history.lock(second, now, hourInMs)).toEqual({ outcome: "refused", holder: first });
      });

      it("lasts as long again when its holder renews it, and not when somebody else does", async () => {
        await history.lock(first, "2026-11-20T01:00:00.000Z", hourInMs);
        expect(await history.renew(first, "2026-11-20T02:00:00.000Z", hourInMs)).toBe(first);
        expect(await history.renew(second, "2026-11-20T02:30:00.000Z", hourInMs)).toBe(first);
        expect(await history.lock(second, "2026-11-20T03:00:00.000Z", hourInMs)).toEqual({
          outcome: "refused",
          holder: first,
        });
        expect(await history.lock(second, "2026-11-20T03:00:00.001Z", hourInMs)).toEqual({
          outcome: "taken",
          holder: second,
        });
      });

      it("is not renewed once it is free or went stale, and stays as it is", async () => {
        expect(await history.renew(first, now, hourInMs)).toBeNull();
        expect(await history.lock(second, now, hourInMs)).toEqual({ outcome: "taken", holder: second });
        const late = new Date(Date.parse(now) + hourInMs + 1).toISOString();
        expect(await history.renew(second, late, hourInMs)).toBeNull();
        expect(await history.renew(first, late, hourInMs)).toBeNull();
        expect(await history.renew(second, now, hourInMs)).toBe(second);
      });

      it("is free again once its holder gives it back, and only then", async () => {
        await history.lock(first, now, hourInMs);
        await history.unlock(second);
        expect(await history.lock(second, now, hourInMs)).toEqual({ outcome: "refused", holder: first });
        await history.unlock(first);
        await history.unlock(first);
        expect(await history.lock(second, now, hourInMs)).toEqual({ outcome: "taken", holder: second });
      });

      it("is taken over when it was not renewed for long", async () => {
        await history.lock(first, "2026-11-20T01:00:00.000Z", hourInMs);
        await history.lock(first, "2026-11-20T02:00:00.000Z", hourInMs);
        expect(await history.lock(second, "2026-11-20T03:00:00.000Z", hourInMs)).toEqual({
          outcome: "refused",
          holder: first,
        });
        expect(await history.lock(second, "2026-11-20T03:00:00.001Z", hourInMs)).toEqual({
          outcome: "taken",
          holder: second,
        });
        expect(await history.lock(first, "2026-11-20T03:00:00.002Z", hourInMs)).toEqual({
          outcome: "refused",
          holder: second,
        });
      });

      it("does not last for ever when it was taken by a clock far ahead", async () => {
        await history.lock(first, "2036-01-01T00:00:00.000Z", hourInMs);
        expect(await history.lock(second, now, hourInMs)).toEqual({ outcome: "taken", holder: second });
      });

      it("goes to one of many that want it at once", async () => {
        const ids = Array.from({ length: 8 }, (_, index) => `2026-11-21T0${index}-00-00Z`);
        const answers = await Promise.all(ids.map((id) => history.lock(id, now, hourInMs)));
        expect(answers.filter(({ outcome }) => outcome === "taken")).toHaveLength(1);
        expect(answers.filter(({ outcome }) => outcome === "refused")).toHaveLength(7);
        expect(new Set(answers.map(({ holder }) => holder)).size).toBe(1);
      });

      it("is taken once by many callers for the same sweep, also from a stale holder", async () => {
        await history.lock(first, "2026-11-20T01:00:00.000Z", hourInMs);
        const answers = await Promise.all([1, 2, 3, 4].map(() => history.lock(second, now, hourInMs)));
        expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
          "renewed",
          "renewed",
          "renewed",
          "taken",
        ]);
      });
    });
  });
}

function change(record: ClusterRecord, before: ClusterRecord | null): Change {
  return { record, before, findings: [exampleFinding()] };
}

/** Clusters over some subscriptions, in order of their ids. */
function fleet(clusters: number, subscriptions: number): readonly ClusterRecord[] {
  return Array.from({ length: clusters }, (_, index) =>
    exampleRecord({
      cluster: exampleCluster({
        subscriptionId: exampleSubscription(Math.floor((index * subscriptions) / clusters)),
        name: `aks-${String(index).padStart(5, "0")}`,
      }),
    }),
  );
}

function inSubscription(index: number): ClusterRecord {
  return exampleRecord({ cluster: exampleCluster({ subscriptionId: exampleSubscription(index) }) });
}

function subscriptionsOf(records: readonly ClusterRecord[]): readonly string[] {
  return [...new Set(records.map(({ cluster }) => cluster.subscriptionId ?? ""))];
}

function gap(index: number): Gap {
  return {
    scope: `/subscriptions/${exampleSubscription(index)}`,
    reason: "accessDenied",
    detail: "Resource Graph leaves the subscription out although ARM has it.",
    remedy: "Grant the monitor the role Reader there.",
  };
}
