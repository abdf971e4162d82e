import { HttpRequest, type HttpResponseInit, InvocationContext } from "@azure/functions";
import { describe, expect, it } from "vitest";
import { createInProcessEngine } from "../../src/application/in-process-engine.ts";
import { SourceError, type SourceErrorReason } from "../../src/application/source-error.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import type { FaultKind } from "../../src/emulator/faults.ts";
import type { Handler } from "../../src/functions/answering.ts";
import { createCheckHandler } from "../../src/functions/check-cluster.ts";
import { health } from "../../src/functions/health.ts";
import {
  createListHandler,
  createShowHandler,
  createStartHandler,
  type EngineOf,
} from "../../src/functions/sweeps.ts";
import { schemaFaults } from "../cli/result-schema.ts";
import { createTestApp } from "./test-app.ts";

const engineOf: EngineOf = ({ sweep }) => createInProcessEngine(sweep);
const firstSlot = "2026-11-21T09-30-00Z";

interface Answer {
  readonly status: number | undefined;
  readonly headers: Headers;
  // Bodies are looked at property by property.
  readonly body: Record<string, unknown>;
}

/** What a caller gets of a handler. */
async function ask(handler: Handler, body?: unknown, params: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const request = new HttpRequest({
    method: "POST",
    url: "http://127.0.0.1/api/",
    params,
    ...(text === undefined ? {} : { body: { string: text } }),
  });
  const context = new InvocationContext({ logHandler: () => undefined });
  return read(await handler(request, context));
}

function read({ status, headers, body }: HttpResponseInit): Answer {
  return { status, headers: new Headers(headers), body: JSON.parse(String(body)) };
}

function expectProblem({ status, headers, body }: Answer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers.get("Content-Type")).toBe("application/problem+json");
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(body).toMatchObject({ type: "about:blank", status: expected });
  expect(body.title).toMatch(/^[A-Z]/);
  expect(body.detail).toMatch(/^.{10,}$/);
}

function idOf(name: string): string {
  const id = nightOne().rows.find((row) => row.name === name)?.id;
  if (typeof id !== "string") throw new Error(`The estate has no ${name}.`);
  return id;
}

describe("POST /api/checks", () => {
  const failing = idOf("aks-edge-pop-weu-01");
  const check = ({ app } = createTestApp()) => createCheckHandler(async () => app);
  const checkAmid = (kind: FaultKind, retryAfterInSeconds?: number) => {
    const testApp = createTestApp();
    testApp.azure.faults.add({
      match: { service: "managedClusters" },
      kind,
      ...(retryAfterInSeconds === undefined ? {} : { retryAfterInSeconds }),
    });
    return ask(check(testApp), { resourceId: failing });
  };

  it("answers with a result of the published schema", async () => {
    const { status, headers, body } = await ask(check(), { resourceId: failing });
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(schemaFaults(body)).toEqual([]);
    expect(body).toMatchObject({
      sweep: { scope: { cluster: failing }, asOf: "2026-11-21", complete: true },
      clusters: [{ name: "aks-edge-pop-weu-01", findings: expect.any(Array) }],
    });
  });

  it("takes an id in any case", async () => {
    const { status, body } = await ask(check(), { resourceId: failing.toUpperCase() });
    expect(status).toBe(200);
    expect(body.clusters).toHaveLength(1);
  });

  it("says what it could not read, as unknown", async () => {
    const { body } = await ask(check(), { resourceId: idOf("aks-data-lake-neu-01") });
    expect(body).toMatchObject({ sweep: { complete: false } });
    expect(body.gaps).not.toEqual([]);
  });

  it.each([
    ["no body", undefined],
    ["an empty body", ""],
    ["what is not JSON", "{resourceId:"],
    ["JSON that is no object", "[]"],
    ["null", "null"],
    ["an unknown member", { resourceId: failing, force: true }],
    ["an id that is no text", { resourceId: 7 }],
    ["an id that is none", { resourceId: "aks-edge-pop-weu-01" }],
    ["the id of something else", { resourceId: `${failing}/agentPools/system` }],
    ["an id with dots in place of a name", { resourceId: failing.replace("aks-edge-pop-weu-01", "..") }],
    ["an id with a query behind it", { resourceId: `${failing}?api-version=1` }],
    ["an id with an escaped slash", { resourceId: failing.replace("aks-edge-pop-weu-01", "a%2Fb") }],
    ["an id of another host", { resourceId: `//evil.example${failing}` }],
    ["an endless id", { resourceId: `/subscriptions/${"x".repeat(2000)}` }],
    ["more than 16 KB", `${JSON.stringify({ resourceId: failing })}${" ".repeat(17_000)}`],
  ])("refuses %s", async (_, body) => {
    const testApp = createTestApp();
    expectProblem(await ask(check(testApp), body), 400);
    expect(testApp.azure.requests).toEqual([]);
  });

  it("tells a cluster that is not there from one it may not read", async () => {
    const nobody = failing.replace("aks-edge-pop-weu-01", "aks-nobody");
    expectProblem(await ask(check(), { resourceId: nobody }), 404);
    const refused = await checkAmid("403");
    expectProblem(refused, 403);
    expect(refused.body.detail).toMatch(/Reader/);
    expectProblem(await checkAmid("401"), 403);
  });

  it("says when to come back while ARM throttles", async () => {
    const answer = await checkAmid("429", 17);
    expectProblem(answer, 503);
    expect(answer.headers.get("Retry-After")).toBe("17");
    const without = await checkAmid("429-without-retry-after");
    expect(Number(without.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it.each([
    "500",
    "502",
    "503",
    "504",
    "html",
    "html-503",
    "truncatedJson",
    "hang",
    "reset",
    "409",
    "422",
  ] as const)("answers 502 or 503 to %s", async (kind) => {
    const answer = await checkAmid(kind);
    expect([502, 503]).toContain(answer.status);
    expectProblem(answer, answer.status ?? 0);
  });

  it("goes on without what is not the cluster itself", async () => {
    const testApp = createTestApp();
    testApp.azure.faults.add({ match: { service: "pricings" }, kind: "500" });
    const { status, body } = await ask(check(testApp), { resourceId: failing });
    expect(status).toBe(200);
    expect(body).toMatchObject({ sweep: { complete: false } });
  });
});

describe("POST /api/sweeps", () => {
  it("starts a sweep and says where it can be followed", async () => {
    const { app } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    const { status, headers, body } = await ask(start);
    expect(status).toBe(202);
    expect(headers.get("Location")).toBe(`/api/sweeps/${firstSlot}`);
    expect(body).toEqual({ id: firstSlot, state: "running" });
    await settled(app.sweep.history, firstSlot);
  });

  it("names the sweep that runs already, and the slot that was swept", async () => {
    const { app, setNow } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    await ask(start, {});
    setNow("2026-11-21T09:30:01Z");
    const running = await ask(start);
    expectProblem(running, 409);
    expect(running.body).toMatchObject({ title: "A sweep is running", sweepId: firstSlot });
    expect(running.headers.get("Location")).toBe(`/api/sweeps/${firstSlot}`);

    await settled(app.sweep.history, firstSlot);
    setNow("2026-11-21T09:30:00Z");
    const done = await ask(start);
    expectProblem(done, 409);
    expect(done.body).toMatchObject({ title: "This slot was swept already", sweepId: firstSlot });
  });

  it("refuses a body that asks for more", async () => {
    const { app } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    expectProblem(await ask(start, { scope: "everything" }), 400);
    expectProblem(await ask(start, "{"), 400);
    expect(await app.sweep.history.sweeps(1)).toEqual([]);
  });
});

describe("GET /api/sweeps", () => {
  it("lists the newest first, and shows one with its figures", async () => {
    const { app, setNow } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    for (const second of ["00", "01"]) {
      setNow(`2026-11-21T09:30:${second}Z`);
      await ask(start);
      await settled(app.sweep.history, `2026-11-21T09-30-${second}Z`);
    }
    const list = await ask(createListHandler(async () => app));
    expect(list.status).toBe(200);
    expect(list.body.sweeps).toMatchObject([{ id: "2026-11-21T09-30-01Z" }, { id: firstSlot }]);

    const one = await ask(
      createShowHandler(async () => app),
      undefined,
      { id: firstSlot },
    );
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({
      id: firstSlot,
      state: "finished",
      complete: false,
      summary: { clusters: expect.any(Number), findings: { unknown: expect.any(Number) } },
      failure: null,
    });
    expect(one.body.gaps).not.toEqual([]);
  });

  it("is empty before the first sweep", async () => {
    const { app } = createTestApp();
    expect((await ask(createListHandler(async () => app))).body).toEqual({ sweeps: [] });
  });

  it("refuses what is no sweep's id, and tells it from one that is not there", async () => {
    const { app } = createTestApp();
    const show = createShowHandler(async () => app);
    for (const id of ["", "latest", "2026-11-21", "2026-11-21T01:00:00Z", "' or 1 eq 1", `${firstSlot}/..`])
      expectProblem(await ask(show, undefined, { id }), 400);
    expectProblem(await ask(show, undefined, { id: "2020-01-01T00-00-00Z" }), 404);
  });
});

describe("GET /api/health", () => {
  it("says that the app lives, and no more", async () => {
    const { status, body } = read(await health());
    expect(status).toBe(200);
    expect(body).toEqual({ status: "ok" });
  });
});

describe("an app that cannot work", () => {
  const handlers = (
    connect: Parameters<typeof createStartHandler>[0],
  ): readonly (readonly [Handler, unknown])[] => [
    [createStartHandler(connect, engineOf), undefined],
    [createListHandler(connect), undefined],
  ];

  it.each<[SourceErrorReason, number]>([
    ["unavailable", 503],
    ["throttled", 503],
    ["accessDenied", 502],
    ["notFound", 502],
    ["malformed", 502],
    ["incomplete", 502],
  ])("never blames the caller for its own storage (%s)", async (reason, expected) => {
    const { app } = createTestApp();
    const refuse = () => {
      throw new SourceError("Table sweeps could not be read: storage answered.", { reason });
    };
    const history = { ...app.sweep.history, sweep: refuse, sweeps: refuse };
    for (const [handler, body] of handlers(async () => ({ ...app, sweep: { ...app.sweep, history } })))
      expectProblem(await ask(handler, body), expected);
    for (const [handler, body] of handlers(refuse)) expectProblem(await ask(handler, body), expected);
    expectProblem(
      await ask(createCheckHandler(refuse), { resourceId: idOf("aks-edge-pop-weu-01") }),
      expected,
    );
  });

  it("tells a fault of its own to the log alone", async () => {
    const secret = "AccountKey=abc123==";
    const logged: unknown[] = [];
    const answer = read(
      await createListHandler(() => Promise.reject(new TypeError(`x is not a function, ${secret}`)))(
        new HttpRequest({ method: "GET", url: "http://127.0.0.1/api/sweeps" }),
        new InvocationContext({ logHandler: (...args) => logged.push(args) }),
      ),
    );
    expectProblem(answer, 500);
    expect(JSON.stringify(answer.body)).not.toMatch(/abc123|TypeError|not a function/);
    expect(logged).toHaveLength(1);
  });
});

type TestHistory = ReturnType<typeof createTestApp>["app"]["sweep"]["history"];

async function settled(history: TestHistory, id: string): Promise<void> {
  await expect.poll(async () => (await history.sweep(id))?.state, { interval: 5 }).toBe("finished");
}
