import type { ClusterRef } from "../../src/domain/cluster.ts";
import {
  type ClusterSnapshot,
  collected,
  type FactGroup,
  type Facts,
  type Reading,
  type Readings,
} from "../../src/domain/facts.ts";
import type { Gap } from "../../src/domain/gap.ts";

/** What a test changes: any depth may be left out; a list has as many elements as the test gives it, each laid over the hardened one at its place. */
export type Changes = DeepPartial<Facts>;

type DeepPartial<T> = T extends readonly (infer Element)[]
  ? readonly DeepPartial<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

const subscriptionId = "11111111-1111-4111-8111-111111111111";

export const hardenedCluster: ClusterRef = {
  id: `/subscriptions/${subscriptionId}/resourceGroups/rg-payments/providers/Microsoft.ContainerService/managedClusters/aks-payments-weu-01`,
  name: "aks-payments-weu-01",
  subscriptionId,
  resourceGroup: "rg-payments",
  location: "westeurope",
  tags: { owner: "payments-platform" },
  resourceUid: "6560a1b2c3d4e5f600000001",
};

/** A cluster that passes every control. */
export const hardenedFacts: Facts = {
  clock: { asOf: "2026-11-21" },
  power: { isStopped: false },
  placement: { location: "westeurope" },
  apiServer: {
    privateCluster: {
      path: "properties.apiServerAccessProfile.enablePrivateCluster",
      observed: true,
      value: true,
    },
    authorizedRanges: {
      path: "properties.apiServerAccessProfile.authorizedIPRanges",
      observed: null,
      value: [],
    },
    publicNetworkAccess: { path: "properties.publicNetworkAccess", observed: null, value: "Enabled" },
    vnetIntegration: {
      path: "properties.apiServerAccessProfile.enableVnetIntegration",
      observed: null,
      value: false,
    },
  },
  localAccounts: { disabled: { path: "properties.disableLocalAccounts", observed: true, value: true } },
  nodeImages: [
    {
      path: "properties.agentPoolProfiles[0]",
      name: "system",
      pool: "system",
      osType: "Linux",
      osSku: "AzureLinux",
      imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
      kubernetesVersion: "1.35.6",
    },
    {
      path: "properties.agentPoolProfiles[1]",
      name: "apps",
      pool: "apps",
      osType: "Linux",
      osSku: "AzureLinux3",
      imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
      kubernetesVersion: "1.35.6",
    },
  ],
  nodeAddresses: [
    {
      path: "properties.agentPoolProfiles[0].enableNodePublicIP",
      name: "system",
      pool: "system",
      isPublic: false,
      observed: false,
    },
    {
      path: "properties.agentPoolProfiles[1].enableNodePublicIP",
      name: "apps",
      pool: "apps",
      isPublic: false,
      observed: null,
    },
  ],
  defenderSensor: {
    enabled: {
      path: "properties.securityProfile.defender.securityMonitoring.enabled",
      observed: true,
      value: true,
    },
  },
  defenderPlan: {
    tier: { path: "properties.pricingTier", observed: "Standard", value: "Standard" },
    pricingId: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`,
  },
};

/** The hardened cluster, everything read, changed as a test asks. */
export function snapshot(changes: Changes = {}): ClusterSnapshot {
  // `merge` lays a partial over a whole of the same shape, so the shape is the whole's.
  const facts = merge(hardenedFacts, changes) as Facts;
  const readings = Object.fromEntries(
    Object.entries(facts).map(([group, value]) => [group, collected(value)]),
  );
  // One reading per group of facts, each made of that group's own value.
  return { cluster: hardenedCluster, readings: readings as unknown as Readings };
}

/** The same snapshot with one group read otherwise. */
export function withReading<G extends FactGroup>(
  of: ClusterSnapshot,
  group: G,
  reading: Reading<Facts[G]>,
): ClusterSnapshot {
  return { ...of, readings: { ...of.readings, [group]: reading } };
}

/** A property that stands in the row. */
export function set<T>(value: T): { readonly observed: T; readonly value: T } {
  return { observed: value, value };
}

/** A property that the row lacks, with its documented default. */
export function absent<T>(value: T): { readonly observed: null; readonly value: T } {
  return { observed: null, value };
}

export function gap(changes: Partial<Gap> = {}): Gap {
  return {
    scope: hardenedCluster.id,
    reason: "accessDenied",
    detail: "Azure refused to show this.",
    remedy: "Grant the monitor the role Reader on the subscription.",
    ...changes,
  };
}

function merge(whole: unknown, change: unknown): unknown {
  if (change === undefined) return whole;
  if (Array.isArray(change)) {
    const elements: readonly unknown[] = Array.isArray(whole) ? whole : [];
    return change.map((element: unknown, index) => merge(elements[index] ?? elements.at(-1), element));
  }
  if (!isRecord(change) || !isRecord(whole)) return change;
  return {
    ...whole,
    ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, merge(whole[key], value)])),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
