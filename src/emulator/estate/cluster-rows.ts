import { assessmentRows, assessmentType } from "./assessment-rows.ts";
import { managedClusterProperties } from "./cluster-properties.ts";
import type { ClusterSpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { guidOf, resourceIdOf } from "./ids.ts";
import { machineRows } from "./machine-rows.ts";
import type { NodeGroup } from "./node-group.ts";
import { policyStateRows, policyStateTypes } from "./policy-state-rows.ts";
import { lackingKeys } from "./pool-rows.ts";
import { roleAssignmentType } from "./role-assignment-rows.ts";
import { routedNetworkRows } from "./routed-network-rows.ts";
import { scaleSetRow } from "./scale-set-rows.ts";
import { tenantId } from "./tenant.ts";
import { assignmentRowsOf, managedIdentityType, workloadIdentityRows } from "./workload-identities.ts";
import type { RawObject } from "./world.ts";

/** The cluster's row, those of the scale sets, machines and network interfaces in its node group, of its network, what its policy add-on reports, and what Defender finds. */
export function clusterRows(spec: ClusterSpec): readonly RawObject[] {
  const group = nodeGroupOf(spec);
  const cluster = managedClusterRow(spec, group);
  return [
    cluster,
    ...rowsInGroup(spec, group),
    ...policyStateRows(spec, cluster),
    ...assessmentRows(clusterIdOf(spec), spec),
    ...assignmentRowsOf(spec, group, clusterIdOf(spec)),
    ...workloadIdentityRows(spec),
    ...(spec.route === undefined ? [] : routedNetworkRows(group, spec.route)),
  ];
}

/** The same of clusters without a route of their own, and without rows that are made in vain: `isWanted` is asked for each type, and in doubt rows are made. */
export function wantedClusterRows(
  spec: ClusterSpec,
  isWanted: (type: string) => boolean,
): readonly RawObject[] {
  const group = nodeGroupOf(spec);
  return [
    ...(isWanted(clusterType) ? [managedClusterRow(spec, group)] : []),
    ...(nodeTypes.some(isWanted) ? rowsInGroup(spec, group) : []),
    ...(isWanted(assessmentType) ? assessmentRows(clusterIdOf(spec), spec) : []),
    ...(isWanted(roleAssignmentType) ? assignmentRowsOf(spec, group, clusterIdOf(spec)) : []),
    ...(isWanted(managedIdentityType) ? workloadIdentityRows(spec) : []),
    ...(policyStateTypes.some(isWanted)
      ? policyStateRows(spec, managedClusterRow(spec, group), isWanted)
      : []),
  ];
}

const clusterType = "microsoft.containerservice/managedclusters";
const nodeTypes = [
  "microsoft.compute/virtualmachinescalesets",
  "microsoft.compute/virtualmachines",
  "microsoft.network/networkinterfaces",
] as const;

/** The types of all rows that a cluster can have. */
export const clusterRowTypes: readonly string[] = [
  clusterType,
  ...nodeTypes,
  assessmentType,
  ...policyStateTypes,
  roleAssignmentType,
  managedIdentityType,
];

function rowsInGroup(spec: ClusterSpec, group: NodeGroup): readonly RawObject[] {
  const scaleSets = spec.pools.filter(
    ({ type, scaleSet }) =>
      (type ?? "VirtualMachineScaleSets") === "VirtualMachineScaleSets" && scaleSet !== "missing",
  );
  return [...scaleSets.map((pool) => scaleSetRow(group, pool)), ...machineRows(group, spec.machines ?? [])];
}

/** The resource id of a made-up cluster, as its row writes it. */
export function clusterIdOf(spec: Pick<ClusterSpec, "subscription" | "resourceGroup" | "name">): string {
  return resourceIdOf(
    spec.subscription.subscriptionId,
    spec.resourceGroup,
    "Microsoft.ContainerService/managedClusters",
    spec.name,
  );
}

function managedClusterRow(spec: ClusterSpec, group: NodeGroup): RawObject {
  const identityName = `id-${spec.name}`;
  const identityId = resourceIdOf(
    spec.subscription.subscriptionId,
    spec.resourceGroup,
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    identityName,
  );
  return {
    id: clusterIdOf(spec),
    name: spec.name,
    type: clusterType,
    ...emptyColumns,
    tenantId,
    kind: "Base",
    location: spec.location,
    resourceGroup: spec.resourceGroup,
    subscriptionId: spec.subscription.subscriptionId,
    sku: { name: "Base", tier: "Standard" },
    tags: spec.tags,
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: {
        [identityId]: {
          clientId: guidOf(`${identityName} client`),
          principalId: guidOf(`${identityName} principal`),
        },
      },
    },
    properties: lackingKeys(
      { ...managedClusterProperties(spec, group), ...spec.properties },
      spec.without ?? [],
    ),
    ...spec.columns,
  };
}

/** Where a made-up cluster has its nodes. */
export function nodeGroupOf(spec: ClusterSpec): NodeGroup {
  const { subscription, resourceGroup, name, location } = spec;
  const network = `vnet-${resourceGroup.replace(/^rg-/, "")}`;
  return {
    subscription,
    clusterName: name,
    name: spec.nodeResourceGroup ?? `MC_${resourceGroup}_${name}_${location}`,
    location,
    kubernetes: spec.kubernetes ?? "1.35.6",
    subnetId: `${resourceIdOf(
      subscription.subscriptionId,
      "rg-network",
      "Microsoft.Network/virtualNetworks",
      network,
    )}/subnets/snet-aks-nodes`,
  };
}
