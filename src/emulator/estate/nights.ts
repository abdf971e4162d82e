import { bystanderRows } from "./bystanders.ts";
import { clusterObjects, workspaceRow } from "./cluster-objects.ts";
import { publicApiServer, sensorOff } from "./cluster-properties.ts";
import { clusterIdOf, clusterRows } from "./cluster-rows.ts";
import type { ClusterSpec } from "./cluster-spec.ts";
import { checkoutCanary, checkoutCanaryAgain, checkoutLoad, checkoutProd } from "./clusters/checkout.ts";
import { dataEtl, dataLake, dataShare, dataSpark, dataStream } from "./clusters/data.ts";
import {
  edgeCache,
  edgeCacheRepaired,
  edgeCameras,
  edgeCdn,
  edgeCdnExposed,
  edgePop,
} from "./clusters/edge.ts";
import { erpApp, erpArchive, erpImport, erpReports } from "./clusters/legacy.ts";
import { mlNotebooks, mlServing, mlTraining } from "./clusters/ml.ts";
import { loyaltyCore, marketingCms, marketingWeb, sandboxHack, sandboxPlay } from "./clusters/outskirts.ts";
import { payBatch, payNorth, payProd, payTest } from "./clusters/payments.ts";
import {
  platformAutomatic,
  platformCi,
  platformHub,
  platformHubRolled,
  platformObservability,
} from "./clusters/platform.ts";
import { retailChina, retailPartner, retailPos, retailPromo, retailStores } from "./clusters/retail.ts";
import { searchIndex, searchProd, searchVector } from "./clusters/search.ts";
import { managementGroupRow, subscriptionRow } from "./container-rows.ts";
import { directoryGroups } from "./directory-groups.ts";
import { fleetRows } from "./fleet-rows.ts";
import { clusterInside } from "./inside/cluster-inside.ts";
import { pricingRowsAsOf, pricingsOnlyInArm } from "./plans.ts";
import { policyRows } from "./policy-assignments.ts";
import { officeRange } from "./ranges.ts";
import { subscriptionAssignmentRows, tenantAssignmentRows } from "./role-assignment-rows.ts";
import { roleDefinitionRows } from "./role-definitions.ts";
import { managementGroups, subscriptions, tenantId } from "./tenant.ts";
import type { EstateSubscription, ListedWorld, RawObject } from "./world.ts";

const teamsWebhook = {
  "teams-webhook": "https://teams-webhook.invalid/set-at-start",
} as const;

/** Clusters that both nights know, as they stand on the first. */
const lastingClusters: readonly ClusterSpec[] = [
  payProd,
  payNorth,
  payBatch,
  payTest,
  checkoutProd,
  checkoutLoad,
  checkoutCanary,
  searchProd,
  searchIndex,
  dataSpark,
  dataStream,
  dataLake,
  dataShare,
  platformHub,
  platformCi,
  platformObservability,
  platformAutomatic,
  edgePop,
  edgeCache,
  edgeCameras,
  edgeCdn,
  retailStores,
  retailPos,
  retailPromo,
  retailPartner,
  retailChina,
  mlTraining,
  mlNotebooks,
  mlServing,
  erpApp,
  erpReports,
  erpArchive,
  erpImport,
  marketingWeb,
  marketingCms,
  loyaltyCore,
];

/** What became of a cluster by the second night. Everything not listed is as it was. */
const changedClusters: ReadonlyMap<ClusterSpec, ClusterSpec> = new Map<ClusterSpec, ClusterSpec>([
  [payNorth, withProperties(payNorth, { disableLocalAccounts: false })],
  [
    payTest,
    withProperties(payTest, {
      apiServerAccessProfile: publicApiServer(officeRange),
    }),
  ],
  [checkoutProd, withProperties(checkoutProd, { apiServerAccessProfile: publicApiServer() })],
  [checkoutCanary, checkoutCanaryAgain],
  [platformHub, platformHubRolled],
  [platformCi, withProperties(platformCi, { securityProfile: sensorOff })],
  [edgeCache, edgeCacheRepaired],
  [edgeCdn, edgeCdnExposed],
  [retailPos, withProperties(retailPos, { disableLocalAccounts: true })],
]);

/** The quiet first night. */
export function nightOne(): ListedWorld {
  const clusters = [...lastingClusters, dataEtl, sandboxPlay, sandboxHack];
  return {
    now: "2026-11-20T01:00:00Z",
    tenantId,
    subscriptions: Object.values(subscriptions),
    rows: [
      ...containerRows(Object.values(subscriptions)),
      ...pricingRowsAsOf("nightOne"),
      ...clusters.flatMap(clusterRows),
      ...bystanderRows(),
      ...fleetRows(),
    ],
    armOnly: { ...pricingsOnlyInArm(), ...objectsOf(clusters) },
    missingFromGraph: [],
    secrets: teamsWebhook,
    groups: directoryGroups,
    insideOf: insidesOf(clusters),
  };
}

/**
 * The second night: some clusters changed, one made, one deleted, one made again, one that Resource Graph forgets; the
 * search team's plan is on, marketing refuses the monitor, the sandbox is deleted, and the plan of the
 * legacy subscription can no longer be read.
 */
export function nightTwo(): ListedWorld {
  const present = Object.values(subscriptions)
    .filter((subscription) => subscription !== subscriptions.sandbox)
    .map(asOfNightTwo);
  const clusters = [
    ...lastingClusters.map((cluster) => changedClusters.get(cluster) ?? cluster),
    searchVector,
  ];
  return {
    now: "2026-11-21T01:00:00Z",
    tenantId,
    subscriptions: present,
    rows: [
      ...containerRows(present),
      ...pricingRowsAsOf("nightTwo"),
      ...clusters.flatMap(clusterRows),
      ...bystanderRows(),
      ...fleetRows(),
    ],
    armOnly: { ...pricingsOnlyInArm(), ...objectsOf(clusters) },
    missingFromGraph: [clusterIdOf(retailPartner).toLowerCase()],
    secrets: teamsWebhook,
    groups: directoryGroups,
    insideOf: insidesOf(clusters),
  };
}

function asOfNightTwo(subscription: EstateSubscription): EstateSubscription {
  if (subscription === subscriptions.marketing) return { ...subscription, access: "refused" };
  if (subscription === subscriptions.legacy) {
    return { ...subscription, refusedProviders: ["microsoft.security"] };
  }
  return subscription;
}

function withProperties(cluster: ClusterSpec, properties: RawObject): ClusterSpec {
  return { ...cluster, properties: { ...cluster.properties, ...properties } };
}

function containerRows(present: readonly EstateSubscription[]): readonly RawObject[] {
  return [
    ...managementGroups.map(managementGroupRow),
    ...roleDefinitionRows(),
    ...tenantAssignmentRows(),
    ...present.flatMap(subscriptionAssignmentRows),
    ...present.map(subscriptionRow),
    ...policyRows,
    ...present.map((subscription) => workspaceRow(subscription, "law-operations")),
  ];
}

function objectsOf(clusters: readonly ClusterSpec[]): Readonly<Record<string, RawObject>> {
  return Object.assign({}, ...clusters.map(clusterObjects));
}

function insidesOf(clusters: readonly ClusterSpec[]): NonNullable<ListedWorld["insideOf"]> {
  const byId = new Map(clusters.map((cluster) => [clusterIdOf(cluster).toLowerCase(), cluster]));
  return (clusterId) => {
    const found = byId.get(clusterId.toLowerCase());
    return found ? clusterInside(found) : null;
  };
}
