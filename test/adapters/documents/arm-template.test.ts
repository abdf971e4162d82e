import { describe, expect, test } from "vitest";
import { readAll, readFixture } from "./read-all.ts";

const head = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
};
const cluster = (name: string, properties: object) => ({
  type: "Microsoft.ContainerService/managedClusters",
  name,
  location: "westeurope",
  properties,
});
const pool = (name: string, properties: object) => ({
  type: "Microsoft.ContainerService/managedClusters/agentPools",
  name,
  properties,
});
const good = { name: "sys", osSKU: "AzureLinux3", count: 3 };

describe("clusters in a template", () => {
  test("are named as the template names them, without subscription and group", async () => {
    const [found] = (await readFixture("template.json")).clusters;
    expect(found?.cluster).toMatchObject({
      id: "document#/resources/0",
      name: "[parameters('clusterName')]",
      subscriptionId: null,
      resourceGroup: null,
      location: null,
    });
  });

  test("what an expression decides is unread and quoted; the rest is judged", async () => {
    const [found] = (await readFixture("template.json")).clusters;
    expect(found?.readings.localAccounts).toEqual({
      state: "unavailable",
      gap: {
        scope: "document#/resources/0",
        reason: "malformed",
        detail:
          "properties.disableLocalAccounts is decided when the template is deployed: [parameters('localAccounts')].",
        remedy: "Check the deployed cluster.",
      },
    });
    expect(found?.readings.apiServer).toMatchObject({
      value: { authorizedRanges: { value: ["0.0.0.0/0"] } },
    });
    expect(found?.readings.nodeAddresses).toMatchObject({ value: [{ isPublic: true }] });
  });

  test.each([
    ["properties", "[variables('properties')]"],
    ["apiServerAccessProfile", { apiServerAccessProfile: "[variables('profile')]" }],
    ["one authorized range", { apiServerAccessProfile: { authorizedIPRanges: ["[parameters('office')]"] } }],
    ["publicNetworkAccess", { publicNetworkAccess: "[parameters('access')]" }],
  ])("an expression for %s never becomes a default", async (_, properties) => {
    const template = { ...head, resources: [{ ...cluster("aks", {}), properties }] };
    const { clusters, gaps } = await readAll(template);
    const readings = clusters.map((found) => found.readings.apiServer?.state);
    expect([...readings, ...gaps.map(({ reason }) => reason)]).toEqual([
      clusters.length > 0 ? "unavailable" : "malformed",
    ]);
  });

  test("an expression for an image hides that image", async () => {
    const pools = [good, { ...good, name: "user", osSKU: "[parameters('sku')]" }];
    const template = { ...head, resources: [cluster("aks", { agentPoolProfiles: pools })] };
    const [found] = (await readAll(template)).clusters;
    expect(found?.readings.nodeImages).toMatchObject({ state: "partial", value: [{ name: "sys" }] });
  });

  test("text that starts with two brackets is text", async () => {
    const template = { ...head, resources: [cluster("aks", { publicNetworkAccess: "[[x]" })] };
    const [found] = (await readAll(template)).clusters;
    expect(found?.readings.apiServer).toMatchObject({ value: { publicNetworkAccess: { value: "[x]" } } });
  });

  test("nested deployments, symbolic names and pools of their own are found, existing clusters are not", async () => {
    const { clusters, gaps } = await readFixture("template-nested.json");
    expect(gaps).toEqual([]);
    expect(clusters.map((found) => found.cluster.id)).toEqual([
      "document#/resources/module/properties/template/resources/0",
    ]);
    expect(clusters[0]?.pools.map(({ name }) => name)).toEqual(["sys", "inner", "user"]);
    expect(clusters[0]?.readings.nodeImages).toMatchObject({ value: [{}, { osSku: "CBLMariner" }, {}] });
  });

  test("a cluster is found however deep its deployment is nested", async () => {
    let resources: object[] = [cluster("aks", {})];
    for (let level = 0; level < 30; level += 1) {
      const properties = { template: { ...head, resources } };
      resources = [{ type: "Microsoft.Resources/deployments", name: `level${level}`, properties }];
    }
    expect((await readAll({ ...head, resources })).clusters).toHaveLength(1);
  });

  test("a pool named by an expression belongs to the only cluster there is", async () => {
    const name = "[format('{0}/{1}', parameters('clusterName'), 'gpu')]";
    const resources = [
      cluster("[parameters('clusterName')]", { agentPoolProfiles: [good] }),
      pool(name, { osSKU: "CBLMariner" }),
    ];
    const [found] = (await readAll({ ...head, resources })).clusters;
    expect(found?.pools.map((one) => one.name)).toEqual(["sys", "gpu"]);
  });

  test("a pool that may be any cluster's leaves the pools of all unread in part", async () => {
    const resources = [
      cluster("aks-a", { agentPoolProfiles: [good] }),
      cluster("aks-b", { agentPoolProfiles: [good] }),
      pool("[parameters('pool')]", { osSKU: "CBLMariner" }),
    ];
    const { clusters } = await readAll({ ...head, resources });
    expect(clusters.map((found) => found.readings.nodeImages?.state)).toEqual(["partial", "partial"]);
  });

  test("a pool of a cluster that is not in the template is nobody's", async () => {
    const resources = [
      cluster("aks-a", { agentPoolProfiles: [good] }),
      pool("aks-z/old", { osSKU: "CBLMariner" }),
    ];
    const [found] = (await readAll({ ...head, resources })).clusters;
    expect(found?.readings.nodeImages).toMatchObject({ state: "collected", value: [{ name: "sys" }] });
  });

  test("a loop over pools can fail but not pass", async () => {
    const properties = {
      copy: [{ name: "agentPoolProfiles", count: 3, input: { ...good, name: "[concat('p', copyIndex())]" } }],
    };
    const [found] = (await readAll({ ...head, resources: [cluster("aks", properties)] })).clusters;
    expect(found?.readings.nodeImages).toMatchObject({ state: "partial", value: [{ osSku: "AzureLinux3" }] });
  });

  test("comments are allowed, as Azure allows them", async () => {
    const text = JSON.stringify({ ...head, resources: [cluster("aks", {})] }).replace(
      "{",
      '{ // "made" by hand\n /* x */',
    );
    expect((await readAll(text)).clusters).toHaveLength(1);
  });

  test("an exported template is found in its wrapping", async () => {
    const template = { ...head, resources: [cluster("aks", {})] };
    expect((await readAll({ template })).clusters).toHaveLength(1);
  });
});
