import { describe, expect, it } from "vitest";
import { handMadeEstate, withSecret } from "../../../src/emulator/estate/hand-made.ts";
import { nightOne, nightTwo } from "../../../src/emulator/estate/nights.ts";
import type { ListedWorld, RawObject } from "../../../src/emulator/estate/world.ts";
import { at, clustersOf, rowsOf, visibleClustersOf } from "./reading-rows.ts";

const [first, second] = [nightOne(), nightTwo()];

const nights: readonly (readonly [string, ListedWorld])[] = [
  ["the first night", first],
  ["the second night", second],
];

describe.each(nights)("on %s", (_, world) => {
  it("gives every row the columns of Resource Graph and a lower-case type", () => {
    const columns = [
      ...["id", "name", "type", "tenantId", "kind", "location", "resourceGroup"],
      ...["subscriptionId", "managedBy", "sku", "plan", "tags", "identity", "zones"],
      ...["extendedLocation", "properties"],
    ];
    for (const row of world.rows) {
      expect(Object.keys(row)).toEqual(expect.arrayContaining(columns));
      expect(row.type).toBe(String(row.type).toLowerCase());
      expect(String(row.id).endsWith(`/${at(row, "name")}`) || isSubscription(row)).toBe(true);
      expect(row.tenantId).toBe(world.tenantId);
    }
  });

  it("holds nothing JSON would change on the wire", () => {
    expect(JSON.parse(JSON.stringify(world.rows))).toStrictEqual(world.rows);
  });

  it("gives no id to two rows", () => {
    const ids = world.rows.map((row) => String(row.id).toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("puts every row into the subscription and group its id names", () => {
    for (const row of world.rows) {
      const [, , subscriptionId = "", , group = ""] = String(row.id).split("/");
      if (String(row.id).startsWith("/subscriptions/")) {
        expect(row.subscriptionId).toBe(subscriptionId);
      }
      if (String(row.id).includes("/resourceGroups/")) {
        expect(String(row.resourceGroup).toLowerCase()).toBe(group.toLowerCase());
      }
    }
  });

  it("knows every subscription that a row lies in", () => {
    const known = world.subscriptions.map(({ subscriptionId }) => subscriptionId);
    for (const row of world.rows) {
      if (row.subscriptionId !== "") expect(known).toContain(row.subscriptionId);
    }
  });

  it("has a container row for every subscription, its management groups nearest first", () => {
    const groups = rowsOf(world, "microsoft.management/managementgroups").map(({ name }) => name);
    for (const { subscriptionId, managementGroups } of world.subscriptions) {
      const row = world.rows.find(({ id }) => id === `/subscriptions/${subscriptionId}`);
      const chain = at(row, "properties.managementGroupAncestorsChain");
      expect(chain).toEqual(managementGroups.map((name) => expect.objectContaining({ name })));
      expect(groups).toEqual(expect.arrayContaining([...managementGroups]));
      expect(managementGroups.at(-1)).toBe(world.tenantId);
    }
  });

  it("puts scale sets and machines into the node group of a cluster of their subscription", () => {
    const groups = new Set(
      clustersOf(world).map((row) =>
        `${row.subscriptionId}/${at(row, "properties.nodeResourceGroup")}`.toLowerCase(),
      ),
    );
    const nodes = [
      ...rowsOf(world, "microsoft.compute/virtualmachinescalesets"),
      ...rowsOf(world, "microsoft.compute/virtualmachines").filter(isNode),
      ...rowsOf(world, "microsoft.network/networkinterfaces").filter(isNode),
    ];
    expect(nodes.length).toBeGreaterThan(60);
    for (const row of nodes) {
      expect(groups).toContain(`${row.subscriptionId}/${row.resourceGroup}`.toLowerCase());
    }
  });

  it("gives every machine one network interface that points back to it", () => {
    const machines = rowsOf(world, "microsoft.compute/virtualmachines");
    const interfaces = rowsOf(world, "microsoft.network/networkinterfaces");
    for (const machine of machines) {
      const own = interfaces.filter(
        (row) =>
          String(at(row, "properties.virtualMachine.id")).toLowerCase() === String(machine.id).toLowerCase(),
      );
      expect(own).toHaveLength(1);
      expect(at(machine, "properties.networkProfile.networkInterfaces.0.id")).toBe(own[0]?.id);
    }
  });

  it("names only pools of their cluster on scale sets, and their own images", () => {
    for (const row of rowsOf(world, "microsoft.compute/virtualmachinescalesets")) {
      const owner = clustersOf(world).find(
        (cluster) =>
          cluster.subscriptionId === row.subscriptionId &&
          String(at(cluster, "properties.nodeResourceGroup")).toLowerCase() ===
            String(row.resourceGroup).toLowerCase(),
      );
      const pools = at(owner, "properties.agentPoolProfiles");
      if (!Array.isArray(pools)) continue;
      const pool = pools.find(({ name }) => name === at(row, "tags.aks-managed-poolName"));
      const image = at(row, "properties.virtualMachineProfile.storageProfile.imageReference.id");
      const [variant, , version] = String(image).split("/").slice(-3);
      expect(String(pool?.nodeImageVersion).endsWith(`-${variant}-${version}`)).toBe(true);
    }
  });

  it("writes cluster rows of the size Azure writes", () => {
    const sizes = clustersOf(world).map((row) => JSON.stringify(row).length);
    expect(Math.min(...sizes)).toBeGreaterThan(2_500);
    expect(Math.max(...sizes)).toBeLessThan(10_000);
  });

  it("holds nothing in the ARM-only part that is a row as well", () => {
    const ids = world.rows.map((row) => String(row.id).toLowerCase());
    for (const [id, object] of Object.entries(world.armOnly)) {
      expect(id).toBe(String(object.id).toLowerCase());
      expect(ids).not.toContain(id);
    }
  });
});

describe("the two nights together", () => {
  it("have at least 34 clusters to see in at least 10 subscriptions", () => {
    const visible = visibleClustersOf(first);
    expect(visible.length).toBe(38);
    expect(new Set(visible.map(({ subscriptionId }) => subscriptionId)).size).toBe(12);
  });

  it("lie a day apart", () => {
    expect(handMadeEstate.nights.map(({ now }) => now)).toEqual([
      "2026-11-20T01:00:00Z",
      "2026-11-21T01:00:00Z",
    ]);
  });

  it("lose a subscription outright and one to a refusal", () => {
    const accessOf = (world: ListedWorld, name: string) =>
      world.subscriptions.find(({ displayName }) => displayName === name)?.access;
    expect(accessOf(first, "loyalty-partners")).toBe("refused");
    expect(accessOf(first, "marketing-web")).toBe("granted");
    expect(accessOf(second, "marketing-web")).toBe("refused");
    expect(accessOf(first, "sandbox-engineering")).toBe("granted");
    expect(accessOf(second, "sandbox-engineering")).toBeUndefined();
  });

  it("lose a cluster, gain one, remake one and have Resource Graph forget one", () => {
    const names = (world: ListedWorld) => clustersOf(world).map(({ name }) => name);
    expect(names(first)).toContain("aks-data-etl-weu-01");
    expect(names(second)).not.toContain("aks-data-etl-weu-01");
    expect(names(first)).not.toContain("aks-search-vector-weu-01");
    expect(names(second)).toContain("aks-search-vector-weu-01");

    const remade = clustersOf(first).filter((row) => {
      const again = clustersOf(second).find(({ id }) => id === row.id);
      return again !== undefined && at(again, "properties.resourceUID") !== at(row, "properties.resourceUID");
    });
    expect(remade.map(({ name }) => name)).toEqual(["aks-checkout-canary-neu-01"]);

    const [forgotten] = second.missingFromGraph;
    const stillThere = clustersOf(second).find(({ id }) => String(id).toLowerCase() === forgotten);
    expect(stillThere?.name).toBe("aks-retail-partner-neu-01");
  });

  it("leave most clusters as they were", () => {
    const changed = clustersOf(second).filter((row) => {
      const before = clustersOf(first).find(({ id }) => id === row.id);
      return before !== undefined && JSON.stringify(before) !== JSON.stringify(row);
    });
    expect(changed.length).toBe(8);
  });

  it("take a secret on every night", () => {
    const changed = withSecret(handMadeEstate, "teams-webhook", "https://127.0.0.1:1/hook");
    expect(changed.nights.map(({ secrets }) => secrets["teams-webhook"])).toEqual([
      "https://127.0.0.1:1/hook",
      "https://127.0.0.1:1/hook",
    ]);
    expect(first.secrets["teams-webhook"]).not.toBe("https://127.0.0.1:1/hook");
  });
});

function isSubscription(row: RawObject): boolean {
  return row.type === "microsoft.resources/subscriptions";
}

/** Not the jump host and its interface, which belong to no cluster. */
function isNode(row: RawObject): boolean {
  return row.resourceGroup !== "rg-platform-jump";
}
