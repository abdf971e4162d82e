import { describe, expect, it } from "vitest";
import type { EstateWishes, ReadingTrouble } from "../../../../src/emulator/estate/generated/estate-shape.ts";
import {
  createGeneratedEstate,
  type GeneratedCluster,
} from "../../../../src/emulator/estate/generated/generated-estate.ts";
import type { Contents, RawObject, World } from "../../../../src/emulator/estate/world.ts";
import { at } from "../reading-rows.ts";

const clusterType = "microsoft.containerservice/managedclusters";

/** The night of an estate, which it must have. */
function nightOf(wishes: EstateWishes, night = 0): World {
  const world = createGeneratedEstate(wishes).nights[night];
  if (!world) throw new RangeError(`There is no night ${night}.`);
  return world;
}

function everythingIn(world: World): readonly Contents[] {
  return world.subscriptions.map(({ subscriptionId }) => world.contentsOf(subscriptionId));
}

function rowsOfType(world: World, type: string): readonly RawObject[] {
  return everythingIn(world).flatMap(({ rows }) => rows.filter((row) => row.type === type));
}

/** What is meant of each cluster, by its id. */
function meantOn(wishes: EstateWishes, night: number): ReadonlyMap<string, GeneratedCluster> {
  return new Map([...createGeneratedEstate(wishes).clusters(night)].map((one) => [one.id, one]));
}

describe("a generated estate", () => {
  it("is the same for the same wishes and another for another seed", () => {
    const wishes = { seed: 7, clusters: 30, subscriptions: 4 };
    expect(everythingIn(nightOf(wishes, 1))).toEqual(everythingIn(nightOf(wishes, 1)));
    expect(everythingIn(nightOf({ ...wishes, seed: 8 }))).not.toEqual(everythingIn(nightOf(wishes)));
  });

  it("has exactly the clusters and subscriptions it was asked for, spread unevenly", () => {
    const world = nightOf({ clusters: 2_000, subscriptions: 200, poolsPerCluster: 1 });
    const sizes = everythingIn(world).map(
      ({ rows }) => rows.filter(({ type }) => type === clusterType).length,
    );
    expect(sizes).toHaveLength(200);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_000);
    expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeGreaterThan(40);
    expect(Math.max(...sizes)).toBeLessThan(300);
  });

  it("puts its clusters somewhere even if there is one subscription", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const world = nightOf({ seed, clusters: 3, subscriptions: 1 });
      expect(rowsOfType(world, clusterType)).toHaveLength(3);
    }
  });

  it("makes one subscription's rows without the other millions", () => {
    const world = nightOf({ clusters: 1_000_000, subscriptions: 10_000, nights: 2 }, 1);
    const [some] = world.subscriptions.slice(4_001);
    expect(world.contentsOf(some?.subscriptionId ?? "").rows.length).toBeGreaterThan(0);
  });

  it("holds nothing of a subscription it does not have", () => {
    const { rows } = nightOf({}).contentsOf("99999999-9999-4999-8999-999999999999");
    expect(rows).toEqual([]);
  });

  it("gives no id to two rows, and every row to the subscription its id names", () => {
    const world = nightOf({ clusters: 400, subscriptions: 20, machinePools: 0.2 });
    const ids = new Set<string>();
    for (const [index, { rows }] of everythingIn(world).entries()) {
      const { subscriptionId } = world.subscriptions[index] ?? {};
      for (const row of rows) {
        ids.add(String(row.id).toLowerCase());
        expect([row.subscriptionId, String(row.id).split("/")[2]]).toEqual([subscriptionId, subscriptionId]);
      }
    }
    expect(ids.size).toBe(everythingIn(world).flatMap(({ rows }) => rows).length);
  });

  it("writes nothing that JSON would change, in cluster rows of the size Azure writes", () => {
    const rows = rowsOfType(nightOf({ clusters: 500, subscriptions: 10 }), clusterType);
    const sizes = rows.map((row) => JSON.stringify(row).length);
    expect(JSON.parse(JSON.stringify(rows))).toStrictEqual(rows);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(4_000);
    expect(mean).toBeLessThan(5_500);
    expect(Math.max(...sizes)).toBeLessThan(9_000);
  });

  it("gives every pool its scale set, and pools of single machines theirs", () => {
    const world = nightOf({ clusters: 300, subscriptions: 5, poolsPerCluster: 3, machinePools: 0.1 });
    const pools = rowsOfType(world, clusterType).flatMap((row) => {
      const profiles = at(row, "properties.agentPoolProfiles");
      return Array.isArray(profiles) ? profiles : [];
    });
    const single = pools.filter(({ type }) => type === "VirtualMachines");
    expect(pools).toHaveLength(900);
    expect(single.length).toBeGreaterThan(10);
    expect(rowsOfType(world, "microsoft.compute/virtualmachinescalesets")).toHaveLength(900 - single.length);
    expect(rowsOfType(world, "microsoft.compute/virtualmachines")).toHaveLength(2 * single.length);
    expect(rowsOfType(world, "microsoft.network/networkinterfaces")).toHaveLength(2 * single.length);
  });

  it("keeps node resource groups within the 80 characters AKS allows", () => {
    const groups = rowsOfType(
      nightOf({ clusters: 3_000, subscriptions: 100, poolsPerCluster: 1 }),
      clusterType,
    );
    const lengths = groups.map((row) => String(at(row, "properties.nodeResourceGroup")).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(80);
  });

  it("strikes with each fault the share it was asked for", () => {
    const faults = { openApiServer: 0.1, localAccounts: 0.3, oldAzureLinux: 0, sensorOff: 1, planOff: 0.5 };
    const clusters = [...createGeneratedEstate({ clusters: 4_000, subscriptions: 800, faults }).clusters(0)];
    for (const [fault, share] of Object.entries(faults)) {
      const struck = clusters.filter((one) => [...one.faults].some((name) => name === fault)).length;
      expect(struck / clusters.length, fault).toBeGreaterThanOrEqual(share * 0.85);
      expect(struck / clusters.length, fault).toBeLessThanOrEqual(share * 1.15);
    }
  });

  it("changes the share of clusters that drift, for better and worse, and nothing else", () => {
    const wishes = { clusters: 2_000, subscriptions: 100, drift: 0.1, nights: 3 };
    const [before, after] = [meantOn(wishes, 1), meantOn(wishes, 2)];
    let worse = 0;
    let better = 0;
    for (const [id, { faults }] of after) {
      const had = before.get(id)?.faults ?? new Set();
      if (faults.size > had.size) worse += 1;
      if (faults.size < had.size) better += 1;
      expect(new Set([...had, ...faults]).size - Math.min(had.size, faults.size)).toBeLessThanOrEqual(1);
    }
    expect(worse + better).toBeGreaterThan(150);
    expect(worse + better).toBeLessThan(250);
    expect(better).toBeGreaterThan(40);
    expect(worse).toBeGreaterThan(40);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it("is the same night after night without drift", () => {
    const wishes = { clusters: 200, drift: 0, nights: 3 };
    expect(everythingIn(nightOf(wishes, 2))).toEqual(everythingIn(nightOf(wishes, 0)));
  });

  it("makes and deletes clusters every night, and brings none back", () => {
    const wishes = { clusters: 1_000, subscriptions: 50, made: 0.02, deleted: 0.05, nights: 4 };
    const nights = [0, 1, 2, 3].map((night) => new Set(meantOn(wishes, night).keys()));
    const ever = new Set<string>();
    const [first, ...later] = nights;
    let before = first ?? new Set();
    for (const now of later) {
      for (const id of before) ever.add(id);
      const made = [...now].filter((id) => !before.has(id));
      const deleted = [...before].filter((id) => !now.has(id));
      expect(made).toHaveLength(20);
      expect(made.filter((id) => ever.has(id))).toEqual([]);
      expect(deleted.length).toBeGreaterThan(25);
      expect(deleted.length).toBeLessThan(80);
      before = now;
    }
  });

  it("dates its nights one after the other", () => {
    expect(createGeneratedEstate({ nights: 3 }).nights.map(({ now }) => now)).toEqual([
      "2026-11-20T01:00:00.000Z",
      "2026-11-21T01:00:00.000Z",
      "2026-11-22T01:00:00.000Z",
    ]);
  });

  it.each<[EstateWishes]>([
    [{ drift: 1.5 }],
    [{ faults: { sensorOff: -1 } }],
    [{ troubles: { malformed: Number.NaN } }],
    [{ clusters: 1.5 }],
    [{ subscriptions: 0 }],
    [{ nights: 0 }],
  ])("is not made of %o", (wishes) => {
    expect(() => createGeneratedEstate(wishes)).toThrow(RangeError);
  });
});

describe("reading troubles", () => {
  const all = (trouble: ReadingTrouble) => ({ clusters: 20, subscriptions: 3, troubles: { [trouble]: 1 } });

  it("are absent unless asked for", () => {
    for (const { troubles } of createGeneratedEstate({ clusters: 500 }).clusters(1))
      expect(troubles.size).toBe(0);
  });

  it("are drawn anew each night", () => {
    const wishes = { clusters: 500, troubles: { malformed: 0.2 }, drift: 0 };
    const broken = (night: number) =>
      [...meantOn(wishes, night).values()]
        .filter(({ troubles }) => troubles.has("malformed"))
        .map(({ id }) => id);
    expect(broken(0).length).toBeGreaterThan(60);
    expect(broken(0)).not.toEqual(broken(1));
  });

  it("refuse subscriptions and providers", () => {
    const accesses = (trouble: ReadingTrouble) =>
      nightOf(all(trouble)).subscriptions.map(({ access, refusedProviders }) => [access, refusedProviders]);
    expect(accesses("subscriptionRefused")).toEqual(Array(3).fill(["refused", undefined]));
    expect(accesses("securityRefused")).toEqual(Array(3).fill(["granted", ["microsoft.security"]]));
    expect(accesses("computeRefused")).toEqual(Array(3).fill(["granted", ["microsoft.compute"]]));
  });

  it("leave rows out of Resource Graph", () => {
    const hidden = nightOf(all("missingFromGraph"));
    const ids = rowsOfType(hidden, clusterType).map((row) => String(row.id).toLowerCase());
    expect(everythingIn(hidden).flatMap(({ missingFromGraph }) => missingFromGraph)).toEqual(ids);

    const unlisted = nightOf(all("planOnlyInArm"));
    expect(rowsOfType(unlisted, "microsoft.security/pricings")).toEqual([]);
    const pricings = everythingIn(unlisted)
      .flatMap(({ armOnly }) => Object.keys(armOnly))
      .filter((id) => id.endsWith("/pricings/containers"));
    expect(pricings).toHaveLength(3);

    const scaleSets = rowsOfType(
      nightOf(all("scaleSetMissing")),
      "microsoft.compute/virtualmachinescalesets",
    );
    expect(scaleSets.map((row) => at(row, "tags.aks-managed-poolName"))).not.toContain("sys");
  });
});
