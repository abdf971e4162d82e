import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/emulator/fault-kinds.ts";
import { createCheckHandler } from "../../src/functions/check-cluster.ts";
import { schemaFaults } from "../cli/result-schema.ts";
import { ask, expectProblem, idOf } from "./ask.ts";
import { createTestApp } from "./test-app.ts";

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
