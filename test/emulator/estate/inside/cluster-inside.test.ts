import { describe, expect, it } from "vitest";
import { createGeneratedEstate } from "../../../../src/emulator/estate/generated/generated-estate.ts";
import { nightOne, nightTwo } from "../../../../src/emulator/estate/nights.ts";
import type { ClusterInside, ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import { at, clustersOf, rowsOf } from "../reading-rows.ts";

const nights: readonly (readonly [string, ListedWorld])[] = [
  ["the first night", nightOne()],
  ["the second night", nightTwo()],
];

describe.each(nights)("inside the clusters of %s", (_, world) => {
  const insides = clustersOf(world).map((row) => [String(row.name), insideOf(world, row)] as const);

  it("gives no name twice to objects of a kind in a namespace", () => {
    for (const [name, { lists }] of insides) {
      for (const [path, objects] of Object.entries(lists)) {
        const names = objects.map(
          (object) => `${at(object, "metadata.namespace")}/${at(object, "metadata.name")}`,
        );
        expect(new Set(names).size, `${name} ${path}`).toBe(names.length);
      }
    }
  });

  it("holds nothing JSON would change on the wire, and the same on every asking", () => {
    for (const row of clustersOf(world)) {
      const { lists } = insideOf(world, row);
      expect(JSON.parse(JSON.stringify(lists))).toStrictEqual(lists);
      expect(insideOf(world, row).lists).toStrictEqual(lists);
    }
  });

  it("puts everything into a namespace that is there, and binds to roles that are", () => {
    for (const [name, inside] of insides) {
      const namespaces = namesIn(inside, "/api/v1/namespaces");
      const known = [...namesIn(inside, `${access}/clusterroles`), ...namesIn(inside, `${access}/roles`)];
      for (const object of Object.values(inside.lists).flat()) {
        const namespace = at(object, "metadata.namespace");
        if (namespace !== undefined) expect(namespaces, name).toContain(namespace);
        const role = at(object, "roleRef.name");
        if (role !== undefined) expect(known, name).toContain(role);
      }
    }
  });

  it("mounts only what the pod declares", () => {
    for (const pod of insides.flatMap(([, inside]) => inside.lists["/api/v1/pods"] ?? [])) {
      const volumes = listAt(pod, "spec.volumes").map((volume) => at(volume, "name"));
      for (const container of listAt(pod, "spec.containers")) {
        expect(volumes).toEqual(
          expect.arrayContaining(listAt(container, "volumeMounts").map((mount) => at(mount, "name"))),
        );
      }
    }
  });

  it("runs every pod that Azure Policy names", () => {
    const podsOf = new Map(
      clustersOf(world).map((row) => {
        const pods = insideOf(world, row).lists["/api/v1/pods"] ?? [];
        const paths = pods.map((pod) => `${at(pod, "metadata.namespace")}/${at(pod, "metadata.name")}`);
        return [String(row.id).toLowerCase(), new Set(paths)];
      }),
    );
    const reported = rowsOf(world, "microsoft.policyinsights/componentpolicystates").filter(
      (row) => at(row, "properties.componentType") === "Pod",
    );
    expect(reported.length).toBeGreaterThan(500);
    for (const row of reported) {
      const pods = podsOf.get(String(at(row, "properties.resourceId")));
      expect(pods?.has(String(at(row, "properties.componentId")))).toBe(true);
    }
  });
});

describe("the ways to the clusters of the first night", () => {
  const [, world] = nights[0] ?? [];
  const ways = new Map(
    world ? clustersOf(world).map((row) => [row.name, insideOf(world, row).way] as const) : [],
  );

  it("lead to public ones, and to private ones in a network that the monitor's is peered with", () => {
    expect(ways.get("aks-pay-prod-neu-01")).toBe("open");
    expect(ways.get("aks-retail-pos-weu-01")).toBe("open");
    expect(ways.get("aks-pay-prod-weu-01")).toBe("open");
    expect(ways.get("aks-platform-hub-weu-01")).toBe("unresolved");
  });

  it("end before those that are stopped, and those that let nobody in", () => {
    expect(ways.get("aks-erp-reports-weu-01")).toBe("closed");
    expect(ways.get("aks-mkt-cms-neu-01")).toBe("closed");
  });
});

describe("inside generated clusters", () => {
  const estate = createGeneratedEstate({ clusters: 60, subscriptions: 5, made: 0.1 });

  it("is what a cluster in order has, made of the cluster's name alone", () => {
    for (const [night, world] of estate.nights.entries()) {
      for (const { id } of estate.clusters(night)) {
        const inside = world.insideOf?.(id.toUpperCase()) ?? null;
        expect(inside, id).not.toBeNull();
        expect(namesIn(inside, "/apis/networking.k8s.io/v1/networkpolicies")).toContain("default-deny");
        expect(inside).toStrictEqual(world.insideOf?.(id));
      }
    }
  });

  it("is nothing where there is no such cluster", () => {
    const [{ id = "" } = {}] = estate.clusters(0);
    const [world] = estate.nights;
    expect(world?.insideOf?.(id.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)))).toBeNull();
    expect(world?.insideOf?.(id.replace(/\d+$/, "99999"))).toBeNull();
    expect(world?.insideOf?.(id.replace(/^\/subscriptions\/[^/]+/, "/subscriptions/elsewhere"))).toBeNull();
  });
});

const access = "/apis/rbac.authorization.k8s.io/v1";

function insideOf(world: ListedWorld, row: RawObject): ClusterInside {
  const inside = world.insideOf?.(String(row.id));
  if (!inside) throw new Error(`Nothing is inside ${row.name}.`);
  return inside;
}

function namesIn(inside: ClusterInside | null, path: string): readonly unknown[] {
  return (inside?.lists[path] ?? []).map((object) => at(object, "metadata.name"));
}

function listAt(object: unknown, path: string): readonly unknown[] {
  const value = at(object, path);
  return Array.isArray(value) ? value : [];
}
