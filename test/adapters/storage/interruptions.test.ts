import { beforeEach, describe, expect, it } from "vitest";
import { type OpenedStorage, openStorage } from "../../../src/adapters/storage/open-storage.ts";
import { shareAzurite } from "../../support/azurite.ts";
import {
  exampleCluster,
  exampleFinding,
  exampleRecord,
  exampleSubscription,
} from "../../support/example-records.ts";
import { recordsBefore } from "../../support/records-before.ts";
import { type FrontRequest, shareStorageFront } from "../../support/storage-front.ts";

const azurite = shareAzurite();
const front = shareStorageFront(() => azurite.connectionString());
const patience = { retries: 1, delayInMs: 1, giveUpAfterInMs: 20_000 };
const sweepId = "2026-11-21T01-00-00Z";
const next = "2026-11-22T01-00-00Z";
const now = "2026-11-21T01:00:00.000Z";
const change = { record: exampleRecord(), before: null, findings: [exampleFinding()] };

describe("a history behind a bad line", () => {
  let storage: OpenedStorage;
  beforeEach(async () => {
    front.setRule(() => "pass");
    const connection = { connectionString: front.connectionString() };
    storage = await openStorage({ connection, prefix: azurite.freshPrefix(), patience });
    front.takeRequests();
  });

  describe("an interrupted write", () => {
    const failing = (isHit: (request: FrontRequest) => boolean) =>
      front.setRule((request) => (isHit(request) ? { status: 500 } : "pass"));
    const isBatchOn = (table: string) => (request: FrontRequest) =>
      request.url.endsWith("$batch") && request.body.includes(`${table}(`);

    it("of findings leaves the record, by which the next sweep knows what to store again", async () => {
      failing(isBatchOn("findings"));
      await failureOf(storage.history.store(sweepId, [change]));
      front.setRule(() => "pass");
      const left = [];
      for await (const one of storage.history.recordsBefore([next, sweepId], [exampleSubscription(1)]))
        left.push(one);
      expect(left).toEqual([{ record: null, rewritten: change.record }]);
    });

    it("of records leaves neither findings nor a subscription to remember", async () => {
      failing(isBatchOn("clusters"));
      await failureOf(storage.history.store(sweepId, [change]));
      expect(front.takeRequests().filter(isBatchOn("findings"))).toEqual([]);
      front.setRule(() => "pass");
      expect(await recordsBefore(storage.history, next, [exampleSubscription(1)])).toEqual([]);
      expect(await storage.history.rememberedSubscriptions([])).toEqual([]);
    });

    it("of the last settling leaves the subscription remembered all the same", async () => {
      let batches = 0;
      failing((request) => {
        if (isBatchOn("subscriptions")(request)) batches += 1;
        return batches > 1;
      });
      await failureOf(storage.history.store(sweepId, [change]));
      front.setRule(() => "pass");
      expect(await storage.history.rememberedSubscriptions([])).toEqual([exampleSubscription(1)]);
    });

    it("of a departure never forgets a subscription in which clusters live", async () => {
      await storage.history.store(sweepId, [change]);
      failing(isBatchOn("clusters"));
      const departed = { ...change, before: change.record, record: exampleRecord({ presence: "departed" }) };
      await failureOf(storage.history.store(next, [departed]));
      front.setRule(() => "pass");
      expect(await storage.history.rememberedSubscriptions([])).toEqual([exampleSubscription(1)]);

      failing(({ method, url }) => method === "GET" && url.includes("isLiving"));
      await failureOf(storage.history.store(next, [departed]));
      front.setRule(() => "pass");
      expect(await storage.history.rememberedSubscriptions([])).toEqual([]);
    });
  });

  describe("an answer that got lost", () => {
    const dropFirst = () => {
      let isFirst = true;
      front.setRule(() => {
        const answer = isFirst ? "drop" : "pass";
        isFirst = false;
        return answer;
      });
    };

    it("does not keep a sweep from the lock it took", async () => {
      dropFirst();
      expect(await storage.history.lock(sweepId, now, 1000)).toEqual({ outcome: "taken", holder: sweepId });
      expect(await storage.history.lock(sweepId, now, 1000)).toEqual({ outcome: "renewed", holder: sweepId });
    });

    it("does not keep a lock that was given back", async () => {
      await storage.history.lock(sweepId, now, 1000);
      dropFirst();
      await storage.history.unlock(sweepId);
      expect(await storage.history.lock(next, now, 1000)).toEqual({ outcome: "taken", holder: next });
    });

    it("does not keep a record from being stored", async () => {
      dropFirst();
      await storage.history.store(sweepId, [change]);
      expect(await recordsBefore(storage.history, next, [exampleSubscription(1)])).toEqual([change.record]);
    });
  });

  describe("what a night costs", () => {
    const fleet = Array.from({ length: 60 }, (_, index) => ({
      ...change,
      record: exampleRecord({ cluster: exampleCluster({ subscriptionId: exampleSubscription(index) }) }),
    }));
    const ids = fleet.map(({ record }) => record.cluster.subscriptionId ?? "");

    it("is nothing when there is nothing to store", async () => {
      await storage.history.store(sweepId, []);
      expect(front.takeRequests()).toEqual([]);
    });

    it("is two requests to remember a batch of many subscriptions, without what only a repeated batch needs", async () => {
      await storage.history.store(sweepId, fleet);
      front.takeRequests();
      expect(await recordsBefore(storage.history, next, ids)).toHaveLength(60);
      const asked = front.takeRequests();
      expect(asked).toHaveLength(2);
      expect(asked.filter(({ url }) => url.includes("before"))).toEqual([]);
    });

    it("is a request a run when the subscriptions lie scattered among others", async () => {
      await storage.history.store(sweepId, fleet);
      front.takeRequests();
      expect(
        await recordsBefore(storage.history, next, [ids[0] ?? "", ids[30] ?? "", ids[31] ?? ""]),
      ).toHaveLength(3);
      expect(front.takeRequests()).toHaveLength(3);
    });

    it("is no reading at all to store, and few writes", async () => {
      const inOne = Array.from({ length: 90 }, (_, index) => {
        const before = exampleRecord({ cluster: exampleCluster({ name: `aks-${index}` }) });
        return { before, record: { ...before, score: 1 }, findings: [exampleFinding()] };
      });
      await storage.history.store(sweepId, inOne);
      expect(front.takeRequests().map(({ method, url }) => `${method} ${url.split("/").at(-1)}`)).toEqual([
        "POST $batch",
        "POST $batch",
      ]);
    });
  });
});

async function failureOf(promise: Promise<unknown>): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: "SourceError" });
}
