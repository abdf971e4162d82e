import { describe, expect, it } from "vitest";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { collectPlans } from "../../src/application/collect-plans.ts";
import type { ObservedCluster } from "../../src/application/ports.ts";
import type { FactGroup } from "../../src/domain/facts.ts";
import type { RawObject } from "../../src/emulator/estate/world.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { emulatedAccess } from "../support/emulated-access.ts";
import { listed } from "../support/outcomes.ts";
import { clusterRow, payments, pricingRow, search, smallWorld } from "../support/world-small.ts";

const both: readonly FactGroup[] = ["defenderPlan", "defenderPricings"];

function postureRow(subscription: string, pricingTier: unknown = "Free"): RawObject {
  return {
    ...pricingRow(subscription, "Free"),
    id: `/subscriptions/${subscription}/providers/Microsoft.Security/pricings/CloudPosture`,
    name: "CloudPosture",
    properties: { pricingTier },
  };
}

interface Setting {
  readonly rows: readonly RawObject[];
  readonly armOnly?: readonly RawObject[];
  readonly groups?: readonly FactGroup[];
  readonly faults?: readonly Fault[];
}

/** Reads the plans of two clusters of payments and one of search. */
async function collected({ rows, armOnly = [], groups = both, faults = [] }: Setting) {
  const clusters = [
    clusterRow(payments, "aks-1"),
    clusterRow(payments, "aks-2"),
    clusterRow(search, "aks-3"),
  ];
  const world = smallWorld({
    rows: [...clusters, ...rows],
    armOnly: Object.fromEntries(armOnly.map((one) => [String(one.id).toLowerCase(), one])),
  });
  const { access, azure } = emulatedAccess(world);
  const fleet = createFleetSource(access);
  const found = (await listed(fleet.clusters([payments, search]))).filter(
    (one): one is ObservedCluster => "readings" in one,
  );
  azure.clearRequests();
  for (const fault of faults) azure.faults.add(fault);
  const read = await collectPlans(fleet, [payments, search], found, new Set(groups));
  return {
    of: (name: string) => {
      const one = found.find(({ cluster }) => cluster.name === name);
      if (one === undefined) throw new Error(`There is no cluster ${name} here.`);
      return read(one);
    },
    asked: azure.requests.filter(({ service }) => service === "pricings").length,
  };
}

const shown = [
  pricingRow(payments, "Standard"),
  postureRow(payments),
  pricingRow(search, "Free"),
  postureRow(search, "Standard"),
];

describe("the pricings of Defender", () => {
  it("are those of both plans, and ARM is not asked where Resource Graph shows them", async () => {
    const { of, asked } = await collected({ rows: shown });
    expect(of("aks-3")).toMatchObject({
      defenderPlan: { state: "collected", value: { tier: { value: "Free" } } },
      defenderPricings: {
        state: "collected",
        value: [
          { plan: "Containers", tier: "Free", isOwn: false },
          { plan: "CloudPosture", tier: "Standard", isOwn: false },
        ],
      },
    });
    expect(asked).toBe(0);
  });

  it("have the cluster's own beside the subscription's", async () => {
    const own = `${clusterRow(payments, "aks-1").id}/providers/Microsoft.Security/pricings/Containers`;
    const { of } = await collected({ rows: [...shown, { ...pricingRow(payments, "Free"), id: own }] });
    expect(of("aks-1")).toMatchObject({
      defenderPlan: { value: { pricingId: own, tier: { value: "Free" } } },
      defenderPricings: {
        value: [
          { plan: "Containers", tier: "Standard", isOwn: false },
          { plan: "CloudPosture", isOwn: false },
          { plan: "Containers", tier: "Free", isOwn: true, path: own },
        ],
      },
    });
    expect(of("aks-2")).toMatchObject({ defenderPricings: { value: [{}, {}] } });
  });

  it("are asked of ARM once for each subscription and plan that Resource Graph does not show", async () => {
    const { of, asked } = await collected({
      rows: [pricingRow(payments, "Standard"), postureRow(search)],
      armOnly: [postureRow(payments, "Standard"), pricingRow(search, "Standard")],
    });
    expect(asked).toBe(2);
    expect(of("aks-2").defenderPricings).toMatchObject({
      state: "collected",
      value: [{ plan: "Containers" }, { plan: "CloudPosture", tier: "Standard" }],
    });
    expect(of("aks-3")).toMatchObject({
      defenderPlan: { value: { tier: { value: "Standard" } } },
      defenderPricings: { value: [{ plan: "Containers", tier: "Standard" }, { plan: "CloudPosture" }] },
    });
  });

  it("are not asked for the plan that no control wants", async () => {
    const { of, asked } = await collected({
      rows: [pricingRow(payments, "Standard"), pricingRow(search, "Free")],
      groups: ["defenderPlan"],
    });
    expect(asked).toBe(0);
    expect(Object.keys(of("aks-1"))).toEqual(["defenderPlan"]);
  });

  it("are unread when ARM says there is none, and the plan that is there still decides", async () => {
    const { of } = await collected({ rows: [pricingRow(payments, "Standard"), pricingRow(search, "Free")] });
    expect(of("aks-1")).toMatchObject({
      defenderPlan: { state: "collected" },
      defenderPricings: {
        state: "unavailable",
        gap: { reason: "notFound", detail: expect.stringContaining("CloudPosture") },
      },
    });
  });

  it.each([
    ["a pricing for posture without a tier", [pricingRow(payments, "Standard"), postureRow(payments, 7)]],
    [
      "extensions that are no list",
      [
        { ...pricingRow(payments, "Standard"), properties: { pricingTier: "Standard", extensions: "all" } },
        postureRow(payments),
      ],
    ],
  ])("are unread by %s, which hides nothing of the plan for containers", async (_, broken) => {
    const { of } = await collected({ rows: [...broken, pricingRow(search, "Free"), postureRow(search)] });
    expect(of("aks-1")).toMatchObject({
      defenderPlan: { state: "collected" },
      defenderPricings: { state: "unavailable", gap: { reason: "malformed" } },
    });
    expect(of("aks-3").defenderPricings).toMatchObject({ state: "collected" });
  });

  it("are unread where ARM refuses, of that plan alone", async () => {
    const { of } = await collected({
      rows: [pricingRow(payments, "Standard"), ...shown.slice(2)],
      faults: [{ match: { pathIncludes: "pricings/CloudPosture" }, kind: "403" }],
    });
    expect(of("aks-1")).toMatchObject({
      defenderPlan: { state: "collected" },
      defenderPricings: {
        gap: { reason: "accessDenied", remedy: expect.stringContaining("Security Reader") },
      },
    });
    expect(of("aks-3").defenderPricings).toMatchObject({ state: "collected" });
  });
});
