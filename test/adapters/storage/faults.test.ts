import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenedStorage, openStorage } from "../../../src/adapters/storage/open-storage.ts";
import { SourceError } from "../../../src/application/source-error.ts";
import { shareAzurite } from "../../support/azurite.ts";
import {
  exampleFinding,
  exampleRecord,
  exampleSubscription,
  exampleSweep,
} from "../../support/example-records.ts";
import { recordsBefore } from "../../support/records-before.ts";
import { type FrontAnswer, shareStorageFront } from "../../support/storage-front.ts";

const azurite = shareAzurite();
const front = shareStorageFront(() => azurite.connectionString());
const patience = { retries: 2, delayInMs: 1, giveUpAfterInMs: 1500 };
const sweepId = "2026-11-21T01-00-00Z";
const now = "2026-11-21T01:00:00.000Z";
const json = { "content-type": "application/json" };
const tableError = (code: string) =>
  JSON.stringify({ "odata.error": { code, message: { lang: "en-US", value: "secret detail" } } });

function openBehindFront(): Promise<OpenedStorage> {
  const connection = { connectionString: front.connectionString() };
  return openStorage({ connection, prefix: azurite.freshPrefix(), patience });
}

async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(SourceError);
  // Checked in the line above.
  return error as SourceError;
}

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const change = { record: exampleRecord(), before: null, findings: [exampleFinding()] };
const operations: Readonly<Record<string, (storage: OpenedStorage) => Promise<unknown>>> = {
  "reading records": ({ history }) =>
    recordsBefore(history, sweepId, [exampleSubscription(1), exampleSubscription(9)]),
  "storing clusters": ({ history }) => history.store(sweepId, [change]),
  "remembered subscriptions": ({ history }) => history.rememberedSubscriptions([]),
  "saving a sweep": ({ history }) => history.saveSweep(exampleSweep()),
  "reading a sweep": ({ history }) => history.sweep(sweepId),
  "listing sweeps": ({ history }) => history.sweeps(5),
  locking: ({ history }) => history.lock(sweepId, now, 1),
  unlocking: ({ history }) => history.unlock(sweepId),
  "pending alerts": ({ outbox }) => outbox.pending(),
  "marking an alert": ({ outbox }) => outbox.mark(sweepId, now),
  "writing a part": ({ archive }) => archive.writePart(sweepId, "part.ndjson.gz", ["{}"]),
  "reading a part": ({ archive }) => allOf(archive.readPart(sweepId, "part.ndjson.gz")),
  "writing a manifest": ({ archive }) =>
    archive.writeManifest({ schema: "midwatch/manifest/1", sweep: exampleSweep(), parts: [] }),
  "reading a manifest": ({ archive }) => archive.readManifest(sweepId),
};

describe("storage with faults", () => {
  let storage: OpenedStorage;
  beforeAll(async () => {
    storage = await openBehindFront();
    await storage.archive.writePart(sweepId, "part.ndjson.gz", ["{}"]);
  });
  beforeEach(() => {
    front.setRule(() => "pass");
    front.takeRequests();
  });

  describe.each(Object.entries(operations))("%s", (name, operation) => {
    const answers: Readonly<Record<string, readonly [FrontAnswer, SourceError["reason"]]>> = {
      "500": [{ status: 500, headers: json, body: tableError("InternalError") }, "unavailable"],
      "503 that says busy": [
        {
          status: 503,
          headers: { ...json, "x-ms-error-code": "ServerBusy" },
          body: tableError("ServerBusy"),
        },
        "throttled",
      ],
      "503 with HTML": [
        { status: 503, headers: { "content-type": "text/html" }, body: "<html>secret detail</html>" },
        "unavailable",
      ],
      "429": [
        { status: 429, headers: { ...json, "retry-after": "0" }, body: tableError("TooManyRequests") },
        "throttled",
      ],
      "403": [
        { status: 403, headers: json, body: tableError("AuthorizationPermissionMismatch") },
        "accessDenied",
      ],
      "401": [{ status: 401, headers: json, body: "" }, "accessDenied"],
      "400": [{ status: 400, headers: json, body: tableError("InvalidInput") }, "malformed"],
      "404 of the whole table or container": [
        {
          status: 404,
          headers: { ...json, "x-ms-error-code": "ContainerNotFound" },
          body: tableError("TableNotFound"),
        },
        "notFound",
      ],
      "409 while it is being deleted": [
        {
          status: 409,
          headers: { ...json, "x-ms-error-code": "ContainerBeingDeleted" },
          body: tableError("TableBeingDeleted"),
        },
        "unavailable",
      ],
    };
    it.each(Object.entries(answers))("makes a SourceError of %s", async (_title, [answer, reason]) => {
      front.setRule(() => answer);
      const error = await errorOf(operation(storage));
      expect(error.reason).toBe(reason);
      expect(error.message).toMatch(/^The (table|container) test\d+\S+ answered \d{3}/);
      expect(`${error.message} ${error.remedy}`).not.toMatch(/secret|AccountKey|Signature/i);
      expect(error.cause).not.toHaveProperty("request");
      expect(front.takeRequests().length).toBeLessThanOrEqual(patience.retries + 1);
    });

    it("names the missing role when it is refused", async () => {
      front.setRule(() => ({ status: 403, headers: json, body: "" }));
      const { remedy } = await errorOf(operation(storage));
      expect(remedy).toContain(
        /part|manifest/.test(name) ? "Storage Blob Data Contributor" : "Storage Table Data Contributor",
      );
    });

    it("gets over one failure", async () => {
      let isFirst = true;
      front.setRule(() => {
        if (!isFirst) return "pass";
        isFirst = false;
        return { status: 500, headers: json, body: tableError("InternalError") };
      });
      await operation(storage);
      expect(front.takeRequests().length).toBeGreaterThan(1);
    });
  });

  it("gives up on a server that never answers, whatever was asked of it", async () => {
    front.setRule(() => "hang");
    const started = performance.now();
    const asked = Object.values(operations).map((operation) => errorOf(operation(storage)));
    for (const { reason } of await Promise.all(asked)) expect(reason).toBe("unavailable");
    expect(performance.now() - started).toBeLessThan(patience.giveUpAfterInMs + 2000);
  });

  it("cannot be opened where nobody listens, and says so soon", async () => {
    const connectionString = front.connectionString().replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:1");
    const started = performance.now();
    const error = await errorOf(openStorage({ connection: { connectionString }, patience }));
    expect(error).toMatchObject({ reason: "unavailable" });
    expect(error.message).toContain("ECONNREFUSED");
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("does not wait for an hour because it was asked to", async () => {
    front.setRule(() => ({
      status: 503,
      headers: { ...json, "retry-after": "3600" },
      body: tableError("ServerBusy"),
    }));
    const started = performance.now();
    await errorOf(storage.history.rememberedSubscriptions([]));
    expect(performance.now() - started).toBeLessThan(patience.giveUpAfterInMs + 2000);
  });

  it.each(["not a connection string", "AccountName=a;AccountKey=b;secret"])(
    "refuses %s without repeating it",
    async (connectionString) => {
      const error = await errorOf(openStorage({ connection: { connectionString }, patience }));
      expect(error.reason).toBe("malformed");
      expect(error.message).not.toContain("secret");
    },
  );

  it("asks for a token and says when there is none to be had", async () => {
    const getToken = () =>
      Promise.reject(Object.assign(new Error("no identity"), { name: "CredentialUnavailableError" }));
    const uri = "https://127.0.0.1:1";
    const connection = { tableServiceUri: uri, blobServiceUri: uri, credential: { getToken } };
    const error = await errorOf(openStorage({ connection, patience }));
    expect(error).toMatchObject({
      reason: "accessDenied",
      remedy: expect.stringMatching(/^Grant the monitor the role/),
    });
  });

  it("refuses a prefix that tables cannot have", async () => {
    const connection = { connectionString: front.connectionString() };
    expect(await errorOf(openStorage({ connection, prefix: "Mid-Watch", patience }))).toMatchObject({
      reason: "malformed",
    });
  });

  describe("an answer that is not storage's", () => {
    const reads = [
      "reading records",
      "remembered subscriptions",
      "listing sweeps",
      "reading a sweep",
      "pending alerts",
      "unlocking",
    ];
    const bodies = { "a proxy's page": "<html>Sign in</html>", "an empty object": "{}", nothing: "" };
    it.each(
      reads.flatMap((name) => Object.entries(bodies).map(([title, body]) => [title, name, body] as const)),
    )("%s is never taken for an empty table when %s", async (_title, name, body) => {
      const type = body.startsWith("<") ? "text/html" : "application/json";
      front.setRule(() => ({ status: 200, headers: { "content-type": type }, body }));
      expect(await errorOf(operations[name]?.(storage) ?? Promise.resolve())).toMatchObject({
        reason: "malformed",
      });
    });

    it("cut off in the middle of its JSON is malformed", async () => {
      front.setRule(() => ({ status: 200, headers: json, body: '{"value":[{"PartitionKey":"subscr' }));
      expect(await errorOf(storage.history.rememberedSubscriptions([]))).toMatchObject({
        reason: "malformed",
      });
    });

    it("does not confirm a transaction", async () => {
      front.setRule(({ url }) =>
        url.endsWith("$batch")
          ? { status: 200, headers: { "content-type": "text/html" }, body: "<html>" }
          : "pass",
      );
      expect(await errorOf(storage.history.store(sweepId, [change]))).toMatchObject({ reason: "malformed" });
    });
  });
});
