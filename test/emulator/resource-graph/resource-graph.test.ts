import { describe, expect, it } from "vitest";
import { createEmulatedAzure } from "../../../src/emulator/azure.ts";
import { emulatedCredential } from "../../../src/emulator/emulated-credential.ts";
import { createListedWorld } from "../../../src/emulator/estate/listed-world.ts";
import type { World } from "../../../src/emulator/estate/world.ts";
import { textOf } from "../../../src/emulator/service.ts";
import { allPages, column, graphClient } from "../../support/emulated-clients.ts";
import {
  closed,
  clusterRow,
  estateOf,
  nowhere,
  payments,
  search,
  smallWorld,
  wideWorld,
} from "../../support/world-small.ts";

const clusters = "resources | where type =~ 'microsoft.containerservice/managedclusters'";
const names = `${clusters} | project id, name | order by id asc`;

/** A query posted bare, for what the SDK hides. */
async function post(azure: ReturnType<typeof createEmulatedAzure>, body: unknown) {
  const { token } = await emulatedCredential(azure).getToken("https://management.azure.com/.default");
  const answer = await azure.handle({
    method: "POST",
    url: "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (typeof answer === "string") throw new Error(answer);
  return { status: answer.status, headers: answer.headers, body: JSON.parse(textOf(answer)) };
}

describe("the emulated Resource Graph", () => {
  it("pages 1,050 rows by the token, each row once", async () => {
    const azure = createEmulatedAzure({ estate: estateOf(wideWorld(1_050)) });
    const pages = await allPages(azure, { query: names });
    expect(
      pages.map(({ count, totalRecords, resultTruncated }) => [count, totalRecords, resultTruncated]),
    ).toEqual([
      [1000, 1050, "false"],
      [50, 1050, "false"],
    ]);
    expect(new Set(column(pages, "id")).size).toBe(1_050);
    expect(azure.requests.map(({ query, status }) => [query, status])).toEqual([
      [names, 200],
      [names, 200],
    ]);
  });

  it("runs a query once, however many pages are asked for and however often", async () => {
    const world = createListedWorld(wideWorld(1_050));
    let made = 0;
    const contentsOf: World["contentsOf"] = (subscriptionId) => {
      made += 1;
      return world.contentsOf(subscriptionId);
    };
    const azure = createEmulatedAzure({ estate: { nights: [{ ...world, contentsOf }] } });
    const request = { query: names, subscriptions: [payments] };
    const first = column(await allPages(azure, request), "id");
    expect(column(await allPages(azure, request), "id")).toEqual(first);
    expect(made).toBe(1);
    expect(azure.tally()).toMatchObject({ queries: 4, rows: 2_100 });
  });

  it("takes pages of any size up to 1,000 and begins where it is told", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const pages = await allPages(azure, { query: names, options: { top: 3, skip: 1 } });
    expect(pages.map(({ count }) => count)).toEqual([3]);
    await expect(
      graphClient(azure).resources({ query: names, options: { top: 1001 } }),
    ).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it("answers all 16 columns, missing strings as empty", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const { body } = await post(azure, { query: "resourcecontainers" });
    expect(body.data).toEqual([
      expect.objectContaining({ name: "mg-root", location: "", managedBy: "", sku: null, zones: null }),
    ]);
    expect(Object.keys(body.data[0])).toHaveLength(16);
  });

  it("cuts a take without a word about more", async () => {
    const azure = createEmulatedAzure({ estate: estateOf(wideWorld(1_050)) });
    const [few] = await allPages(azure, { query: `${names} | take 10` });
    expect(few).toMatchObject({ count: 10, totalRecords: 10, resultTruncated: "false" });
    expect(few?.skipToken).toBeUndefined();
    const many = await allPages(azure, { query: `${names} | take 1020` });
    expect(many.map(({ count, resultTruncated }) => [count, resultTruncated])).toEqual([[1000, "true"]]);
  });

  it.each(["summarize count() by name", "project properties"])("never continues: %s", async (operator) => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const pages = await allPages(azure, { query: `${clusters} | ${operator}`, options: { top: 2 } });
    expect(pages.map(({ count, resultTruncated }) => [count, resultTruncated])).toEqual([[2, "true"]]);
  });

  it("refuses a token of another query, of another scope and of nobody", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const { body } = await post(azure, { query: names, options: { $top: 1 } });
    const $skipToken = body.$skipToken;
    for (const wrong of [
      { query: `${names} | project name`, options: { $skipToken } },
      { query: names, subscriptions: [payments], options: { $skipToken } },
      { query: names, options: { $skipToken: "nonsense" } },
    ]) {
      const refused = await post(azure, wrong);
      expect(refused.status).toBe(400);
      expect(refused.body.error.details[0].code).toBe("CouldNotDecodeSkipToken");
    }
  });

  it("answers columns and rows when asked for a table", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const { body } = await post(azure, {
      query: `${clusters} | project name, tags | order by name asc | take 1`,
      options: { resultFormat: "table" },
    });
    expect(body.data).toEqual({
      columns: [
        { name: "name", type: "string" },
        { name: "tags", type: "object" },
      ],
      rows: [["AKS-Search-2", { "cost-center": "4711", owner: "payments-platform" }]],
    });
  });

  it("looks in subscriptions or in management groups, not in both", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const seen = async (scope: object) => column(await allPages(azure, { query: names, ...scope }), "name");
    expect(await seen({ subscriptions: [search.toUpperCase()] })).toEqual(["AKS-Search-2", "aks-search-1"]);
    expect(await seen({ managementGroups: ["MG-shop"] })).toEqual(["aks-pay-1", "aks-pay-2"]);
    expect(await seen({})).toHaveLength(4);
    const both = await post(azure, {
      query: names,
      subscriptions: [payments],
      managementGroups: ["mg-root"],
    });
    expect(both.status).toBe(400);
  });

  it("shows what lies above subscriptions to the wider scopes only", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    const groups =
      "resourcecontainers | where type =~ 'microsoft.management/managementgroups' | project name";
    expect(column(await allPages(azure, { query: groups, managementGroups: ["mg-root"] }), "name")).toEqual([
      "mg-root",
    ]);
    expect(column(await allPages(azure, { query: groups, subscriptions: [payments] }), "name")).toEqual([]);
  });

  it("leaves out refused subscriptions, refused providers and forgotten rows without a word", async () => {
    const world = smallWorld({
      missingFromGraph: [String(clusterRow(payments, "aks-pay-2").id).toLowerCase()],
      subscriptions: smallWorld().subscriptions.map((one) =>
        one.subscriptionId === search ? { ...one, refusedProviders: ["microsoft.security"] } : one,
      ),
    });
    const azure = createEmulatedAzure({ estate: estateOf(world) });
    const scope = { subscriptions: [payments, search, closed, nowhere] };
    expect(column(await allPages(azure, { query: names, ...scope }), "name")).toEqual([
      "aks-pay-1",
      "AKS-Search-2",
      "aks-search-1",
    ]);
    const plans = await allPages(azure, {
      query: "securityresources | project id, subscriptionId",
      ...scope,
    });
    expect(column(plans, "subscriptionId")).toEqual([payments]);
  });

  it.each([
    ["NoValidSubscriptionsInQueryRequest", { query: names, subscriptions: [closed, nowhere] }],
    ["NoValidSubscriptionsInQueryRequest", { query: names, managementGroups: ["mg-nowhere"] }],
    ["SubscriptionsContainInvalidGuids", { query: names, subscriptions: ["payments"] }],
    ["DisallowedLogicalTableName", { query: "clusters | project id" }],
    ["InvalidQuery", { query: "resources | mv-apply a = tags on (count)" }],
    ["InvalidQuery", { query: "resources | where looksgood(id)" }],
    ["InvalidRequest", { query: "" }],
    ["InvalidRequest", { query: names, options: { resultFormat: "csv" } }],
    ["InvalidRequest", { query: names, options: { authorizationScopeFilter: "Everywhere" } }],
  ])("answers 400 %s to %o", async (code, body) => {
    const refused = await post(createEmulatedAzure({ estate: estateOf() }), body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      code: "BadRequest",
      details: [{ code }, ...refused.body.error.details.slice(1)],
    });
  });

  it("says where in the query it stumbled", async () => {
    const { body } = await post(createEmulatedAzure({ estate: estateOf() }), {
      query: "resources | where cluster == 'a'",
    });
    expect(body.error.details[1]).toEqual({
      code: "ParserFailure",
      message: "Failed to resolve scalar expression named 'cluster'",
      line: 1,
      characterPositionInLine: 18,
      token: "cluster",
    });
  });

  it("refuses an answer of more than 16 MB", async () => {
    const world = smallWorld({ rows: [clusterRow(payments, "aks-huge", { note: "x".repeat(17_000_000) })] });
    const refused = await post(createEmulatedAzure({ estate: estateOf(world) }), { query: clusters });
    expect(refused.body.error.details[0].code).toBe("ResponsePayloadTooLarge");
  });

  it("answers with the night it is", async () => {
    const azure = createEmulatedAzure({ estate: estateOf(smallWorld(), smallWorld({ rows: [] })) });
    expect((await allPages(azure, { query: names }))[0]?.count).toBe(4);
    azure.setNight(1);
    expect((await allPages(azure, { query: names }))[0]?.count).toBe(0);
    expect(() => azure.setNight(2)).toThrow(RangeError);
  });

  it("enforces 15 queries in 5 s per principal, by the clock it was given", async () => {
    let now = 1_000_000;
    const azure = createEmulatedAzure({ estate: estateOf(), quota: "enforced", clock: () => now });
    const first = await post(azure, { query: names });
    expect(first.headers).toMatchObject({
      "x-ms-user-quota-remaining": "14",
      "x-ms-user-quota-resets-after": "00:00:05",
    });
    now += 2_000;
    for (let count = 2; count <= 15; count += 1)
      expect((await post(azure, { query: names })).status).toBe(200);
    const throttled = await post(azure, { query: names });
    expect(throttled.status).toBe(429);
    expect(throttled.body.error.code).toBe("RateLimiting");
    expect(throttled.headers).toMatchObject({ "retry-after": "3", "x-ms-user-quota-remaining": "0" });
    now += 3_000;
    expect((await post(azure, { query: names })).headers["x-ms-user-quota-remaining"]).toBe("14");
  });

  it("without a quota says so in the headers and lets everybody through", async () => {
    const azure = createEmulatedAzure({ estate: estateOf() });
    for (let count = 0; count < 20; count += 1) {
      expect((await post(azure, { query: names })).headers["x-ms-user-quota-remaining"]).toBe("1000000");
    }
  });
});
