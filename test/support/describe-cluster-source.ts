import { describe, expect, it } from "vitest";
import type { ClusterSource } from "../../src/application/ports.ts";
import type { SourceError } from "../../src/application/source-error.ts";
import type { ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";
import type { FaultKind } from "../../src/emulator/fault-kinds.ts";
import type { Fault, ServiceName } from "../../src/emulator/faults.ts";
import { examplePool } from "./example-cluster-row.ts";
import { interfaceRow, scaleSetRow } from "./machine-rows.ts";
import { failureOf, listed } from "./outcomes.ts";
import { closed, clusterRow, nowhere, payments, smallWorld } from "./world-small.ts";

type SetUp = (world: ListedWorld, faults?: readonly Fault[]) => ClusterSource;

/** What every ClusterSource does, whatever it is made of. */
export function describeClusterSource(name: string, setUp: SetUp): void {
  describe(name, () => {
    it("reads a cluster as Azure Resource Manager has it now", async () => {
      const properties = {
        resourceUID: "uid-1",
        nodeResourceGroup: "MC_Pay",
        agentPoolProfiles: [examplePool()],
      };
      const source = setUp(worldOf(clusterRow(payments, "aks-live", properties)));
      expect(await source.cluster(idOf(payments, "aks-live"))).toMatchObject({
        cluster: { name: "aks-live", subscriptionId: payments, resourceUid: "uid-1" },
        nodeResourceGroup: "mc_pay",
        pools: [{ name: "sys", kind: "scaleSet" }],
        unlistedNodes: null,
      });
    });

    it("reads properties of wrong types in spite of the SDK's models", async () => {
      const properties = { agentPoolProfiles: "x", disableLocalAccounts: true };
      const source = setUp(worldOf(clusterRow(payments, "aks-live", properties)));
      expect(await source.cluster(idOf(payments, "aks-live"))).toMatchObject({
        readings: {
          localAccounts: { state: "collected" },
          nodeImages: { gap: { detail: "properties.agentPoolProfiles is a string, not a list." } },
        },
      });
    });

    it.each([
      ["cluster", idOf(payments, "aks-gone")],
      ["subscription", idOf(nowhere, "aks-gone")],
    ])("knows no cluster when its %s is gone", async (_, id) => {
      expect(await setUp(smallWorld()).cluster(id)).toBeNull();
    });

    it("does not take a refused cluster for none", async () => {
      const error = await failureOf(setUp(smallWorld()).cluster(idOf(closed, "aks-closed-1")));
      expect(error).toMatchObject({ reason: "accessDenied" });
      expect(error.remedy).toContain("Reader");
    });

    it("brings the machines of one group and no other", async () => {
      const place = { subscriptionId: payments, name: "aks-sys-1-vmss", pool: "sys" };
      const rows = [
        scaleSetRow({ ...place, resourceGroup: "MC_Pay" }),
        scaleSetRow({ ...place, resourceGroup: "MC_Pay_2" }),
        interfaceRow({ ...place, name: "nic", resourceGroup: "mc_pay" }, null),
      ];
      const found = await listed(setUp(smallWorld({ rows })).nodeGroup(payments, "mc_pay"));
      expect(found).toMatchObject([{ resourceGroup: "mc_pay" }, { resourceGroup: "mc_pay" }]);
    });

    it("reads the subscription's pricing", async () => {
      expect(await setUp(smallWorld()).defenderPlan(`/subscriptions/${payments}`)).toMatchObject({
        tier: "Standard",
      });
    });

    describe.each(readings)("reading $title", ({ service, read }) => {
      it.each(Object.entries(lastingFaults))("ends a lasting %s as %s", async (kind, reason) => {
        // The keys are fault kinds by the table's type; Object.entries forgets it.
        const faults: readonly Fault[] = [{ kind: kind as FaultKind, match: { service } }];
        const error = await failureOf(read(setUp(smallWorld(), faults)));
        expect(error.reason).toBe(reason);
        expect(error.message).not.toMatch(/Bearer|eyJ|<html/i);
      });
    });

    it("says how long Azure asks to be left alone", async () => {
      const faults: readonly Fault[] = [
        { kind: "429", match: { service: "managedClusters" }, retryAfterInSeconds: 17 },
      ];
      const error = await failureOf(setUp(smallWorld(), faults).cluster(idOf(payments, "aks-pay-1")));
      expect(error).toMatchObject({ reason: "throttled", retryAfterInMs: 17_000 });
    });
  });
}

const lastingFaults: Readonly<Partial<Record<FaultKind, SourceError["reason"]>>> = {
  "401": "accessDenied",
  "403": "accessDenied",
  "409": "unavailable",
  "422": "unavailable",
  "429": "throttled",
  "429-without-retry-after": "throttled",
  "503": "unavailable",
  html: "malformed",
  truncatedJson: "malformed",
  hang: "unavailable",
  reset: "unavailable",
};

interface Reading {
  readonly title: string;
  readonly service: ServiceName;
  readonly read: (source: ClusterSource) => Promise<unknown>;
}

const readings: readonly Reading[] = [
  {
    title: "a cluster",
    service: "managedClusters",
    read: (source) => source.cluster(idOf(payments, "aks-pay-1")),
  },
  {
    title: "a node group",
    service: "resourceGraph",
    read: (source) => listed(source.nodeGroup(payments, "mc_pay")),
  },
  {
    title: "a pricing",
    service: "pricings",
    read: (source) => source.defenderPlan(`/subscriptions/${payments}`),
  },
];

function idOf(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/rg-${name}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

function worldOf(row: RawObject): ListedWorld {
  return smallWorld({ rows: [row] });
}
