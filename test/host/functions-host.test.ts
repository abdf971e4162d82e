import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunctionsHost, startFunctionsHost } from "../../src/host/functions-host.ts";
import { loadBuiltApp, someSettings } from "../support/built-app.ts";

const library = createRequire(import.meta.url).resolve("@azure/functions");

/** An app of a few functions, as somebody would write it for the runtime. */
const program = `
const { app } = require(${JSON.stringify(library)});
let fired = 0;
app.http("echo", { methods: ["POST"], route: "things/{id}", handler: async (request) => ({
  status: 201,
  headers: { "X-Id": request.params.id, "X-Query": request.query.get("q") ?? "" },
  body: new Uint8Array(await request.arrayBuffer()),
}) });
app.http("fixed", { methods: ["GET", "POST"], route: "things/newest", handler: () => ({ jsonBody: { fired } }) });
app.http("broken", { methods: ["GET"], route: "broken", handler: () => { throw new Error("secret"); } });
app.http("silent", { methods: ["GET"], route: "silent", handler: () => undefined });
app.timer("tick", { schedule: "%TICKS%", handler: (timer) => { fired += timer.isPastDue === false ? 1 : 100; } });
`;

describe("the local host", () => {
  let folder: string;
  let host: FunctionsHost;
  const logged: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "midwatch-host-"));
    const entry = join(folder, "app.cjs");
    await writeFile(entry, program);
    host = await startFunctionsHost({
      entry,
      port: 0,
      settings: { TICKS: "0 0 0 1 1 *" },
      log: (level, message) => logged.push(`${level} ${message}`),
    });
  });
  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("hands a request over with its route's parameters, query and bytes, and the answer back", async () => {
    const body = Buffer.from([0, 255, 10, 128]);
    const response = await fetch(`${host.url}/things/a%20b?q=1%2C2`, { method: "POST", body });
    expect(response.status).toBe(201);
    expect([response.headers.get("X-Id"), response.headers.get("X-Query")]).toEqual(["a b", "1,2"]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  });

  it("prefers a route of fixed words, and takes words in any case", async () => {
    for (const path of ["/things/newest", "/Things/NEWEST", "/things/newest/"]) {
      const response = await fetch(host.url + path, { method: "POST" });
      expect(response.status).toBe(200);
      expect(await response.json()).toHaveProperty("fired");
    }
  });

  it.each([
    ["GET", "/things/1"],
    ["HEAD", "/things/newest"],
    ["POST", "/things"],
    ["POST", "/things/1/2"],
    ["GET", "/"],
    ["POST", "/admin/functions/nobody"],
    ["GET", "/admin/functions/tick"],
  ])("answers 404 to %s %s, as the runtime does", async (method, path) => {
    expect((await fetch(host.url + path, { method })).status).toBe(404);
  });

  it("answers 500 without a word for a function that throws, logs it, and lives on", async () => {
    const response = await fetch(`${host.url}/broken`);
    expect([response.status, await response.text()]).toEqual([500, ""]);
    expect(logged.filter((line) => line.startsWith("error ") && line.includes("secret"))).not.toEqual([]);
    expect((await fetch(`${host.url}/things/newest`)).status).toBe(200);
  });

  it("fires a timer on demand", async () => {
    const fire = () => fetch(`${host.url}/admin/functions/tick`, { method: "POST" });
    expect((await fire()).status).toBe(202);
    await fire();
    expect(await (await fetch(`${host.url}/things/newest`)).json()).toEqual({ fired: 2 });
  });

  it("answers a function that returns nothing", async () => {
    expect((await fetch(`${host.url}/silent`)).status).toBeLessThan(300);
  });

  it("says which port is taken", async () => {
    const port = Number(new URL(host.url).port);
    const second = startFunctionsHost({
      entry: join(folder, "app.cjs"),
      port,
      settings: {},
      log: () => undefined,
    });
    await expect(second).rejects.toThrow(`Port ${port} is taken.`);
  });
});

describe("the built app in the local host", () => {
  it("starts with a few settings, and reaches nothing before it is asked", async () => {
    const host = await loadBuiltApp({ ...someSettings, MIDWATCH_ENGINE: "inProcess" });
    try {
      const health = await fetch(`${host.url}/api/health`);
      expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
      const refused = await fetch(`${host.url}/api/checks`, { method: "POST", body: '{"resourceId":' });
      expect(refused.status).toBe(400);
      expect(refused.headers.get("Content-Type")).toBe("application/problem+json");
    } finally {
      await host.close();
    }
  });

  it("does not start with wrong settings", async () => {
    await expect(
      loadBuiltApp({ ...someSettings, MIDWATCH_CLOUD: "mars", MIDWATCH_ENGINE: "x" }),
    ).rejects.toThrow(/MIDWATCH_CLOUD .*\n {2}MIDWATCH_ENGINE /);
  });
});
