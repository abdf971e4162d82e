import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { type OpenedStorage, openStorage } from "../../../src/adapters/storage/open-storage.ts";
import { shareAzurite } from "../../support/azurite.ts";
import {
  exampleFinding,
  exampleRecord,
  exampleSubscription,
  exampleSweep,
} from "../../support/example-records.ts";
import { recordsBefore } from "../../support/records-before.ts";

const azurite = shareAzurite();
const first = "2026-11-20T01-00-00Z";
const second = "2026-11-21T01-00-00Z";
const now = "2026-11-21T01:00:00.000Z";
const clusterKeys = {
  partitionKey: exampleSubscription(1),
  rowKey: "rg-payments|aks-payments|65f1c0ffee000000000000aa",
};

describe("rows in storage", () => {
  let storage: OpenedStorage;
  let prefix: string;
  const table = (name: string) =>
    TableClient.fromConnectionString(azurite.connectionString(), `${prefix}${name}`, {
      allowInsecureConnection: true,
    });
  const rowsOf = (name: string) => allOf<Record<string, unknown>>(table(name).listEntities());

  beforeEach(async () => {
    prefix = azurite.freshPrefix();
    storage = await openStorage({ connection: { connectionString: azurite.connectionString() }, prefix });
  });

  it("can be opened again and again, and then hold what they held", async () => {
    await storage.history.saveSweep(exampleSweep());
    const again = await openStorage({ connection: { connectionString: azurite.connectionString() }, prefix });
    expect(await again.history.sweeps(5)).toEqual([exampleSweep()]);
  });

  it("say in plain words whose they are", async () => {
    await storage.history.store(first, [
      { record: exampleRecord(), before: null, findings: [exampleFinding()] },
    ]);
    await storage.history.saveSweep(exampleSweep());
    expect(await rowsOf("clusters")).toMatchObject([{ ...clusterKeys, sweepId: first, isLiving: true }]);
    expect(await rowsOf("findings")).toMatchObject([
      { ...clusterKeys, rowKey: `${clusterKeys.rowKey}|identity.local-accounts-disabled` },
    ]);
    expect(await rowsOf("subscriptions")).toMatchObject([
      { rowKey: exampleSubscription(1), state: "living" },
    ]);
    expect(await rowsOf("sweeps")).toMatchObject([{ sweepId: "2026-11-21T01-00-00Z", state: "running" }]);
  });

  it("hold the finding last stored, in full", async () => {
    const evidence = Array.from({ length: 700 }, (_, index) => ({
      path: `pool ${index}`,
      observed: "x".repeat(60),
      expected: null,
    }));
    const finding = exampleFinding({ verdict: { kind: "fail", evidence, reason: null } });
    expect(JSON.stringify(finding).length).toBeGreaterThan(60_000);
    const record = exampleRecord();
    await storage.history.store(first, [{ record, before: null, findings: [exampleFinding()] }]);
    await storage.history.store(second, [
      { record: { ...record, score: 1 }, before: record, findings: [finding] },
    ]);
    const [row] = await rowsOf("findings");
    expect(JSON.parse(`${row?.finding0}${row?.finding1}${row?.finding2 ?? ""}`)).toEqual(finding);
  });

  it("lose a finding that fell out of memory, even when the sweep still judges its control", async () => {
    const record = exampleRecord();
    await storage.history.store(first, [{ record, before: null, findings: [exampleFinding()] }]);
    const forgetful = [
      { record: { ...record, findings: {} }, before: record, findings: [exampleFinding({ status: null })] },
    ];
    await storage.history.store(second, forgetful);
    await storage.history.store(second, forgetful);
    expect(await rowsOf("findings")).toEqual([]);
  });

  it("keep more gaps than a row holds as one gap that counts the rest, never as none", async () => {
    const gaps = Array.from({ length: 60_000 }, (_, index) => ({
      scope: `/${[1, 2, 3].map((seed) => Math.sin(index * seed).toString(36)).join("/")}`,
      reason: "throttled" as const,
      detail: "ARM throttled.",
      remedy: null,
    }));
    await storage.history.saveSweep(exampleSweep({ state: "finished", gaps }));
    const sweep = await storage.history.sweep(exampleSweep().id);
    const kept = (sweep?.gaps.length ?? 0) - 1;
    expect(kept).toBeGreaterThan(5000);
    expect(sweep?.gaps.slice(0, kept)).toEqual(gaps.slice(0, kept));
    expect(sweep?.gaps.at(-1)).toMatchObject({
      reason: "incomplete",
      detail: expect.stringContaining(`${60_000 - kept} more gaps`),
    });
  });

  describe("that cannot be read are named, not skipped", () => {
    const damaged: Readonly<Record<string, Record<string, unknown>>> = {
      "no JSON": { record0: '{"cluster":' },
      "no object": { record0: "[1]" },
      "no cluster": { record0: '{"presence":"present","score":1,"judged":[],"findings":{}}' },
      "an unknown presence": {
        record0: '{"cluster":{"id":"a","name":"a"},"presence":"gone","score":1,"judged":[],"findings":{}}',
      },
      "a score in words": {
        record0:
          '{"cluster":{"id":"a","name":"a"},"presence":"present","score":"1","judged":[],"findings":{}}',
      },
      "an unknown verdict": {
        record0:
          '{"cluster":{"id":"a","name":"a"},"presence":"present","score":1,"judged":["good 1 a"],"findings":{}}',
      },
      "no revision": {
        record0:
          '{"cluster":{"id":"a","name":"a"},"presence":"present","score":1,"judged":["pass x a"],"findings":{}}',
      },
      "no findings": {
        record0: '{"cluster":{"id":"a","name":"a"},"presence":"present","score":1,"judged":[]}',
      },
    };
    it.each(Object.entries(damaged))("a cluster with %s", async (_title, properties) => {
      await table("clusters").createEntity({ ...clusterKeys, sweepId: first, ...properties });
      await expect(recordsBefore(storage.history, second, [exampleSubscription(1)])).rejects.toMatchObject({
        name: "SourceError",
        reason: "malformed",
        message: expect.stringContaining(
          `Row ${clusterKeys.partitionKey} / ${clusterKeys.rowKey} of table ${prefix}clusters cannot be read`,
        ),
      });
    });

    it.each([
      ["content of another sweep", { sweep0: JSON.stringify(exampleSweep({ id: first })) }],
      ["no content", {}],
      ["no gaps", { sweep0: '{"id":"2026-11-21T01-00-00Z","state":"finished"}' }],
      ["damaged compression", { sweepGzip0: new Uint8Array([1, 2, 3]) }],
    ])("a sweep with %s", async (_title, properties) => {
      await storage.history.saveSweep(exampleSweep());
      const [row] = await rowsOf("sweeps");
      const keys = {
        partitionKey: String(row?.partitionKey),
        rowKey: String(row?.rowKey),
        sweepId: exampleSweep().id,
      };
      await table("sweeps").upsertEntity({ ...keys, ...properties }, "Replace");
      const malformed = {
        name: "SourceError",
        reason: "malformed",
        message: expect.stringContaining(keys.rowKey),
      };
      await expect(storage.history.sweep(exampleSweep().id)).rejects.toMatchObject(malformed);
      await expect(storage.history.sweeps(5)).rejects.toMatchObject(malformed);
    });

    it("a lock of nobody", async () => {
      await table("sweeps").createEntity({
        partitionKey: "lock",
        rowKey: "sweep",
        holder: second,
        lockedAt: "yesterday",
        claim: "x",
      });
      await expect(storage.history.lock(second, now, 1000)).rejects.toMatchObject({ reason: "malformed" });
    });

    it("an alert without entries", async () => {
      await table("alerts").createEntity({
        partitionKey: "alert",
        rowKey: "x",
        sweepId: "x",
        isPending: true,
        alert0: '{"sweepId":"x"}',
      });
      await expect(storage.outbox.pending()).rejects.toMatchObject({ reason: "malformed" });
    });

    it.each([
      ["cut short", (body: Buffer) => body.subarray(0, body.length / 2)],
      ["overwritten", () => Buffer.from("no gzip")],
    ])("a part of the archive that was %s", async (_title, damage) => {
      const lines = Array.from({ length: 5000 }, (_, index) => `{"index":${index}}`);
      await storage.archive.writePart(first, "part.ndjson.gz", lines);
      const blob = BlobServiceClient.fromConnectionString(azurite.connectionString())
        .getContainerClient(`${prefix}-evidence`)
        .getBlockBlobClient(`sweeps/${first}/part.ndjson.gz`);
      const body = damage(await blob.downloadToBuffer());
      await blob.upload(body, body.length);
      await expect(allOf(storage.archive.readPart(first, "part.ndjson.gz"))).rejects.toMatchObject({
        name: "SourceError",
        reason: "malformed",
      });
    });

    it.each(["{", "[]", '{"schema":"midwatch/manifest/9","parts":[]}'])(
      "a manifest that is %s",
      async (text) => {
        await BlobServiceClient.fromConnectionString(azurite.connectionString())
          .getContainerClient(`${prefix}-evidence`)
          .getBlockBlobClient(`sweeps/${first}/manifest.json`)
          .upload(text, text.length);
        await expect(storage.archive.readManifest(first)).rejects.toMatchObject({
          name: "SourceError",
          reason: "malformed",
        });
      },
    );
  });

  it("cannot be made of a cluster without a subscription", async () => {
    const cluster = { ...exampleRecord().cluster, subscriptionId: null };
    const changes = [{ record: exampleRecord({ cluster }), before: null, findings: [] }];
    await expect(storage.history.store(first, changes)).rejects.toMatchObject({ reason: "malformed" });
  });
});

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
