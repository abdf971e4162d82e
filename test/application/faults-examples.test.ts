import { describe, expect, it } from "vitest";
import type { EstateSubscription, ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { eventfulEstate } from "../support/eventful-estate.ts";
import { createWatch, type Night } from "../support/nights.ts";
import { clusterRow, estateOf, payments, pricingRow, search, smallWorld } from "../support/world-small.ts";

const paymentsCluster = clusterRow(payments, "aks-pay-1");
const searchCluster = clusterRow(search, "aks-search-1");
const otherCluster = clusterRow(search, "aks-search-9");

describe("a page that changes between reads", () => {
  it("does not let a subscription's plan decide where a cluster's own slips past the reader", async () => {
    const subscriptions = [payments, search].map(subscriptionRow);
    const clusters = [paymentsCluster, searchCluster, otherCluster];
    const lasting = [pricingRow(search, "Standard"), ownPricing(searchCluster, "Free")];
    const before = smallWorld({
      rows: [...subscriptions, ...clusters, pricingRow(payments, "Standard"), ...lasting],
    });
    // One row less before the reader and one more behind: the total stays, and the second page begins one row later.
    const after = smallWorld({
      rows: [...subscriptions, ...clusters, ...lasting, ownPricing(otherCluster, "Standard")],
    });
    const watch = createWatch({}, estateOf(before, after), { rowsPerPage: 2 });
    const match = { bodyIncludes: "securityresources", nth: 2 };
    watch.azure.faults.add({ kind: "nextNight", match, times: 1 });
    const night = await watch.sweep("2026-11-20");
    expect(watch.azure.night).toBe(1);
    expect(verdictOf(night, "aks-search-1", "monitoring.defender-plan-on")).toBe("fail");
  });
});

describe("a fleet that changes between reads", () => {
  const clusters = [paymentsCluster, searchCluster, otherCluster];

  /** Sweeps while the world moves on before the second page of a query, of two rows each. */
  async function sweepAcross(worlds: readonly Partial<ListedWorld>[], bodyIncludes: string) {
    const watch = createWatch({}, estateOf(...worlds.map(smallWorld)), { rowsPerPage: 2 });
    watch.azure.faults.add({ kind: "nextNight", match: { bodyIncludes, nth: 2 }, times: 1 });
    const night = await watch.sweep("2026-11-20");
    expect(watch.azure.night).toBe(1);
    return [...night.clusters.keys()];
  }

  it("misses no cluster that nobody remembers", async () => {
    const subscriptions = [payments, search].map(subscriptionRow);
    const [, ...lasting] = clusters;
    const before = { rows: [...subscriptions, ...clusters] };
    const after = { rows: [...subscriptions, ...lasting, clusterRow(search, "aks-search-99")] };
    expect(await sweepAcross([before, after], "tags, properties")).toContain("aks-search-9");
  });

  it("misses no subscription that nobody remembers", async () => {
    const worlds = ["00000000-0000-4000-8000-000000000000", "77777777-7777-4777-8777-777777777777"].map(
      (other) => ({
        subscriptions: [other, payments, search].map(granted),
        rows: [...[other, payments, search].map(subscriptionRow), ...clusters],
      }),
    );
    expect(await sweepAcross(worlds, "resourcecontainers")).toContain("aks-search-1");
  });
});

describe("a page that cannot be read", () => {
  it.each(["403", "503", "truncatedJson", "truncatedWithoutToken", "rowsVanish", "wrongTypes"] as const)(
    "leaves nobody to a plan that a row on it may overrule: %s",
    async (kind) => {
      const rows = [
        subscriptionRow(search),
        searchCluster,
        pricingRow(search, "Standard"),
        ownPricing(searchCluster, "Free"),
      ];
      const watch = createWatch({}, estateOf(smallWorld({ rows })), { rowsPerPage: 1 });
      const isSecondPage = ({ body }: EmulatedRequest) =>
        body.includes("securityresources") && body.includes("skipToken");
      watch.azure.faults.add({ kind, match: isSecondPage, alterations: 100_000 });
      const night = await watch.sweep("2026-11-20");
      expect(verdictOf(night, "aks-search-1", "monitoring.defender-plan-on")).toBe("unknown");
    },
  );
});

describe("properties that are null although they are set", () => {
  const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

  it.each(seeds)("count as not set, which makes nothing better than it is: seed %i", async (seed) => {
    const watch = createWatch({}, eventfulEstate);
    const truth = await watch.sweep("2026-11-20");
    const match = { service: "resourceGraph" } as const;
    watch.azure.faults.add({ kind: "nullProperties", match, seed, alterations: seed * 5 });
    const night = await watch.sweep("2026-11-21");
    expect([...night.clusters.keys()].sort()).toEqual([...truth.clusters.keys()].sort());
    for (const [name, { findings }] of truth.clusters) {
      for (const { control, verdict } of findings.filter((finding) => finding.verdict.kind === "fail")) {
        // An interface or scale set that names no address has none: nothing else could tell.
        if (control === "nodes.public-ips-absent") continue;
        expect(["fail", "unknown"], `${name} ${control} ${verdict.kind}`).toContain(
          verdictOf(night, name, control),
        );
      }
    }
  });
});

function verdictOf({ clusters }: Night, name: string, control: string): string | undefined {
  return clusters.get(name)?.findings.find((finding) => finding.control === control)?.verdict.kind;
}

function subscriptionRow(subscriptionId: string): RawObject {
  return {
    ...pricingRow(subscriptionId, ""),
    id: `/subscriptions/${subscriptionId}`,
    name: subscriptionId,
    type: "microsoft.resources/subscriptions",
    properties: {},
  };
}

function granted(subscriptionId: string): EstateSubscription {
  return { subscriptionId, displayName: subscriptionId, managementGroups: ["mg-root"], access: "granted" };
}

/** A pricing of a cluster's own, which wins over its subscription's. */
function ownPricing({ id, subscriptionId }: RawObject, tier: string): RawObject {
  const ofSubscription = pricingRow(String(subscriptionId), tier);
  return { ...ofSubscription, id: `${String(id)}/providers/Microsoft.Security/pricings/Containers` };
}
