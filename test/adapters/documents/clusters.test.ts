import { describe, expect, test } from "vitest";
import { fixture, readAll, readFixture } from "./read-all.ts";

const both = ["aks-pay-weu-01", "aks-web-weu-01"];

describe("shapes of documents", () => {
  test.each([
    ["az aks list", "az-aks-list.json", both],
    ["az aks show", "az-aks-show.json", both.slice(0, 1)],
    ["az aks show of a newer version", "az-aks-show-newer.json", both.slice(1)],
    ["an ARM response of one", "arm-get.json", both.slice(1)],
    ["an ARM list", "arm-list.json", both],
    ["Resource Graph's objects", "resource-graph-objects.json", both],
    ["Resource Graph's table", "resource-graph-table.json", both],
    ["Resource Graph's bare rows", "resource-graph-rows.json", both],
    ["az graph query", "az-graph-query.json", both],
    ["a line for each, of different shapes", "mixed.ndjson", both],
  ])("%s is read as ARM would show it", async (_, file, names) => {
    const arm = (await readFixture("arm-list.json")).clusters;
    const { clusters, gaps } = await readFixture(file);
    expect(gaps).toEqual([]);
    expect(clusters.map(({ cluster }) => cluster.name)).toEqual(names);
    for (const found of clusters) {
      const expected = arm.find(({ cluster }) => cluster.name === found.cluster.name);
      // The table leaves columns out: tags, and those of the test below.
      const { tier, clusterIdentity, principals } = found.readings;
      const readings = file.endsWith("table.json")
        ? { ...expected?.readings, tier, clusterIdentity, principals }
        : expected?.readings;
      expect({ ...found, cluster: { ...found.cluster, tags: {} } }).toEqual({
        ...expected,
        cluster: { ...expected?.cluster, tags: {} },
        readings,
      });
    }
  });

  test("a column that a query left out is not in the document, and a null in it is absent", async () => {
    const [row] = JSON.parse(fixture("resource-graph-rows.json").toString());
    const { sku: _, identity: __, ...narrow } = row;
    const { clusters } = await readAll([narrow]);
    for (const group of ["tier", "clusterIdentity", "principals"] as const)
      expect(clusters[0]?.readings[group]).toMatchObject({
        state: "unavailable",
        gap: { reason: "notInDocument" },
      });
    const nulls = await readAll([{ ...row, sku: null, identity: null }]);
    expect(nulls.clusters[0]?.readings).toMatchObject({
      tier: { value: { tier: { value: "Free" } } },
      clusterIdentity: { value: { type: { value: null } } },
    });
  });

  test("pages in a list, and lists in lists, are opened", async () => {
    const list = JSON.parse(fixture("arm-list.json").toString());
    expect((await readAll([[list.value[0]], { data: [list.value[1]] }])).clusters).toHaveLength(2);
  });

  test("a cluster is found however deep the lists around it, and nothing is read beyond measure", async () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${fixture("arm-get.json")}${"]".repeat(levels)}`;
    expect((await readAll(nested(400), 1 << 16)).clusters).toHaveLength(1);
    await expect(readAll(nested(20_000), 1 << 16)).rejects.toThrow(/^document:\d+:\d+: is nested too deeply/);
  });

  test("a cluster with a block as deep as is read at all is judged", async () => {
    const block = (levels: number) => `${'{"a":'.repeat(levels)}"[x()]"${"}".repeat(levels)}`;
    const cluster = (levels: number) =>
      `{"type":"Microsoft.ContainerService/managedClusters","name":"x","properties":${block(levels)}}`;
    const template = (levels: number) => `{"contentVersion":"1.0.0.0","resources":[${cluster(levels)}]}`;
    expect((await readAll(template(490), 1 << 16)).clusters).toHaveLength(1);
    await expect(readAll(template(20_000), 1 << 16)).rejects.toThrow("is nested too deeply");
  });

  test("a row with an id and properties needs no type", async () => {
    const { id, properties } = JSON.parse(fixture("arm-get.json").toString());
    expect((await readAll([{ id, properties }])).clusters).toHaveLength(1);
  });

  test("what is no cluster is passed over", async () => {
    const cluster = JSON.parse(fixture("arm-get.json").toString());
    const pool = { id: `${cluster.id}/agentPools/sys`, properties: { count: 3 } };
    const machine = { ...cluster, type: "Microsoft.Compute/virtualMachines" };
    expect((await readAll([pool, machine, null, 7, "x", cluster])).clusters).toHaveLength(1);
  });

  test("a row that names a cluster and tells nothing of it is a gap, not a cluster full of defaults", async () => {
    const { id } = JSON.parse(fixture("arm-get.json").toString());
    const { clusters, gaps } = await readAll([{ id, name: "aks-web-weu-01", location: "westeurope" }]);
    expect(clusters).toEqual([]);
    expect(gaps).toMatchObject([{ scope: id, reason: "malformed" }]);
  });

  test("null is absent, and properties are found whatever their casing", async () => {
    const cluster = JSON.parse(fixture("arm-get.json").toString());
    const { disableLocalAccounts, ...others } = cluster.properties;
    const odd = {
      ...cluster,
      PROPERTIES: { ...others, DISABLELOCALACCOUNTS: true, publicNetworkAccess: null },
    };
    const [found] = (await readAll({ ...odd, properties: null })).clusters;
    expect(disableLocalAccounts).toBe(false);
    expect(found?.readings.localAccounts).toMatchObject({ value: { disabled: { value: true } } });
    expect(found?.readings.apiServer).toMatchObject({ value: { publicNetworkAccess: { observed: null } } });
  });

  test("keys that people chose keep their casing", async () => {
    const { clusters } = await readFixture("az-aks-show.json");
    expect(clusters[0]?.cluster.tags).toEqual({ env: "prod", osSku: "kept" });
  });
});

describe("facts of a wrong type", () => {
  test("are unread, with their path and the type seen; the rest is judged", async () => {
    const [found] = (await readFixture("wrong-types.json")).clusters;
    expect(found?.readings.localAccounts).toMatchObject({
      gap: {
        reason: "malformed",
        detail: expect.stringContaining("properties.disableLocalAccounts is a number"),
      },
    });
    expect(found?.readings.nodeImages).toMatchObject({ state: "unavailable", gap: { reason: "malformed" } });
    expect(found?.readings.defenderSensor?.state).toBe("collected");
  });

  test("a null among the pools hides only itself", async () => {
    const [found] = (await readFixture("null-pool.json")).clusters;
    expect(found?.readings.nodeImages).toMatchObject({ state: "partial", gap: { reason: "malformed" } });
  });
});

describe("lists that go on elsewhere", () => {
  const row = JSON.parse(fixture("arm-get.json").toString());

  test.each([
    ["ARM's nextLink", { value: [row], nextLink: "https://management.azure.com/x" }],
    ["Resource Graph's token", { totalRecords: 9, data: [row], $skipToken: "x", resultTruncated: "false" }],
    ["a result cut without a token", { totalRecords: 9, data: [row], resultTruncated: "true" }],
    ["az graph query's token", { count: 1, data: [row], skip_token: "x", total_records: 9 }],
  ])("%s makes a gap", async (_, document) => {
    expect((await readAll(document)).gaps).toMatchObject([{ scope: "document", reason: "incomplete" }]);
  });

  test("pages that add up to the total make none, whatever their order", async () => {
    const page = (token: string | null) => ({ count: 1, data: [row], skip_token: token, total_records: 3 });
    expect((await readAll([page(null), page("a"), page("b")])).gaps).toEqual([]);
    expect((await readAll([page("a"), page("b")])).gaps).toHaveLength(1);
  });

  test("an error of Azure's among answers is a gap", async () => {
    const lines = [JSON.stringify(row), '{"error":{"code":"Throttled","message":"Wait."}}'].join("\n");
    expect((await readAll(lines)).gaps).toMatchObject([
      { detail: expect.stringContaining("Throttled: Wait.") },
    ]);
  });
});

describe("encodings", () => {
  const text = fixture("az-aks-show.json").toString();
  const utf16 = Buffer.from(text, "utf16le");

  test.each([
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 LE without", utf16],
    ["UTF-16 BE with a mark", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["UTF-16 BE without", Buffer.from(utf16).swap16()],
    ["Windows line ends", Buffer.from(text.replaceAll("\n", "\r\n"))],
  ])("%s is read, however the bytes are cut", async (_, bytes) => {
    for (const length of [1, 3, 4096]) expect((await readAll(bytes, length)).clusters).toHaveLength(1);
  });
});

test.each([
  ["LE with a mark", [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]],
  ["LE without", [0x7b, 0, 0, 0, 0x7d, 0, 0, 0]],
  ["BE with a mark", [0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b]],
  ["BE without", [0, 0, 0, 0x7b, 0, 0, 0, 0x7d]],
])("UTF-32 %s is refused by its name", async (_, bytes) => {
  for (const length of [1, 8]) {
    await expect(readAll(Buffer.from(bytes), length)).rejects.toThrow(
      "document: is UTF-32 text; save it as UTF-8",
    );
  }
});

test("five thousand clusters in one document are all read", async () => {
  const [row] = JSON.parse(fixture("az-aks-list.json").toString());
  const rows = Array.from({ length: 5000 }, (_, index) => ({ ...row, id: `${row.id}-${index}` }));
  expect((await readAll(rows, 1 << 16)).clusters).toHaveLength(5000);
});
