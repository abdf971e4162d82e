import { describe, expect, test } from "vitest";
import { clusterKey, parseClusterId } from "../../src/domain/cluster.ts";

const subscriptionId = "11111111-1111-4111-8111-1111111111aa";

describe("parseClusterId", () => {
  test("reads an id and takes it apart", () => {
    expect(parseClusterId(idOf("rg-payments", "aks-payments-weu-01"))).toEqual({
      id: idOf("rg-payments", "aks-payments-weu-01"),
      subscriptionId,
      resourceGroup: "rg-payments",
      name: "aks-payments-weu-01",
    });
  });

  test("reads any case, spells the id as Azure does and keeps the case of names", () => {
    const shouted = idOf("RG-Payments", "AKS-1").toUpperCase();
    expect(parseClusterId(shouted)).toEqual({
      id: idOf("RG-PAYMENTS", "AKS-1").replace(subscriptionId, subscriptionId.toUpperCase()),
      subscriptionId,
      resourceGroup: "RG-PAYMENTS",
      name: "AKS-1",
    });
  });

  test("forgives white space around and a slash at the end", () => {
    expect(parseClusterId(` ${idOf("rg", "aks")}/\n`)?.id).toBe(idOf("rg", "aks"));
  });

  test.each(["rg(1)", "rg.west_1", "größe-команда", "r".repeat(90)])(
    "reads the resource group %s",
    (group) => {
      expect(parseClusterId(idOf(group, "aks"))?.resourceGroup).toBe(group);
    },
  );

  test.each(["a", "1", "a".repeat(63), "a_b-c"])("reads the cluster name %s", (name) => {
    expect(parseClusterId(idOf("rg", name))?.name).toBe(name);
  });

  test.each([
    ["nothing", ""],
    ["a subscription", `/subscriptions/${subscriptionId}`],
    ["another type of resource", idOf("rg", "aks").replace("managedClusters", "fleets")],
    ["something below a cluster", `${idOf("rg", "aks")}/agentPools/system`],
    ["an id with a query", `${idOf("rg", "aks")}?api-version=2026-06-01`],
    ["a subscription that is no GUID", idOf("rg", "aks").replace(subscriptionId, "prod")],
    ["a subscription of hyphens", idOf("rg", "aks").replace(subscriptionId, "-".repeat(36))],
    ["a GUID with its hyphens elsewhere", idOf("rg", "aks").replace("-4111-", "4-111-")],
    ["an address around the id", `https://management.azure.com${idOf("rg", "aks")}`],
    ["a group that walks up the path", idOf("..", "aks")],
    ["a group that ends in a full stop", idOf("rg.", "aks")],
    ["a group with an encoded slash", idOf("rg%2f", "aks")],
    ["a group that is too long", idOf("r".repeat(91), "aks")],
    ["a name that starts with a hyphen", idOf("rg", "-aks")],
    ["a name that ends with one", idOf("rg", "aks-")],
    ["a name that is too long", idOf("rg", "a".repeat(64))],
    ["two ids", `${idOf("rg", "aks")}\n${idOf("rg", "aks")}`],
  ])("does not take %s for a cluster", (_, text) => {
    expect(parseClusterId(text)).toBeNull();
  });
});

describe("clusterKey", () => {
  test("is the same for an id in any case", () => {
    const id = idOf("rg", "aks");
    expect(clusterKey({ id, resourceUid: "1" })).toBe(clusterKey({ id: id.toUpperCase(), resourceUid: "1" }));
  });

  test("tells incarnations apart, known and unknown", () => {
    const id = idOf("rg", "aks");
    const keys = ["1", "2", null].map((resourceUid) => clusterKey({ id, resourceUid }));
    expect(new Set(keys).size).toBe(3);
  });
});

function idOf(group: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
