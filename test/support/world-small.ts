import { createListedWorld } from "../../src/emulator/estate/listed-world.ts";
import type { Estate, ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";

export const payments = "11111111-1111-4111-8111-111111111111";
export const search = "22222222-2222-4222-8222-222222222222";
/** Refuses the monitor altogether. */
export const closed = "33333333-3333-4333-8333-333333333333";
/** Known to nobody. */
export const nowhere = "99999999-9999-4999-8999-999999999999";
const tenantId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

/** A cluster's row as Resource Graph answers it. */
export function clusterRow(subscriptionId: string, name: string, properties: RawObject = {}): RawObject {
  const resourceGroup = `rg-${name}`;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    type: "microsoft.containerservice/managedclusters",
    tenantId,
    kind: "Base",
    location: "westeurope",
    resourceGroup,
    subscriptionId,
    managedBy: "",
    sku: { name: "Base", tier: "Standard" },
    plan: null,
    tags: { "cost-center": "4711", owner: "payments-platform" },
    properties: { kubernetesVersion: "1.35", powerState: { code: "Running" }, ...properties },
  };
}

/** A subscription's plan of Defender for Containers. */
export function pricingRow(subscriptionId: string, pricingTier: string): RawObject {
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`,
    name: "Containers",
    type: "microsoft.security/pricings",
    tenantId,
    subscriptionId,
    properties: { pricingTier, extensions: [{ name: "ContainerSensor", isEnabled: "True" }] },
  };
}

/** Two readable subscriptions, a closed one, five clusters, changed as a test asks. */
export function smallWorld(changes: Partial<ListedWorld> = {}): ListedWorld {
  return {
    now: "2026-11-20T01:00:00Z",
    tenantId,
    subscriptions: [
      {
        subscriptionId: payments,
        displayName: "payments",
        managementGroups: ["mg-shop", "mg-root"],
        access: "granted",
      },
      { subscriptionId: search, displayName: "search", managementGroups: ["mg-root"], access: "granted" },
      { subscriptionId: closed, displayName: "closed", managementGroups: ["mg-root"], access: "refused" },
    ],
    rows: [
      clusterRow(payments, "aks-pay-1", {
        disableLocalAccounts: true,
        agentPoolProfiles: [
          { name: "sys", mode: "System", count: 3, osSKU: "AzureLinux3" },
          { name: "user", mode: "User", count: 2, osSKU: "Ubuntu" },
        ],
      }),
      clusterRow(payments, "aks-pay-2", { powerState: { code: "Stopped" } }),
      clusterRow(search, "aks-search-1"),
      clusterRow(search, "AKS-Search-2", { disableLocalAccounts: false }),
      clusterRow(closed, "aks-closed-1"),
      pricingRow(payments, "Standard"),
      pricingRow(search, "Free"),
      {
        id: "/providers/Microsoft.Management/managementGroups/mg-root",
        name: "mg-root",
        type: "microsoft.management/managementgroups",
        tenantId,
        properties: {},
      },
    ],
    armOnly: {},
    missingFromGraph: [],
    secrets: { "teams-webhook": "https://example.invalid/hook" },
    ...changes,
  };
}

/** An estate of these nights; of one small night without them. */
export function estateOf(...nights: readonly ListedWorld[]): Estate {
  return { nights: (nights.length > 0 ? nights : [smallWorld()]).map(createListedWorld) };
}

/** A world with this many clusters in one subscription. */
export function wideWorld(clusters: number): ListedWorld {
  const rows = Array.from({ length: clusters }, (_, index) =>
    clusterRow(payments, `aks-${String(index).padStart(5, "0")}`),
  );
  return smallWorld({ rows });
}
