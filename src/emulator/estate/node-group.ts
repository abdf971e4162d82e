import { digitsOf, guidOf } from "./ids.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

/** Where a cluster's nodes live: everything the rows of its scale sets, machines and network interfaces share. */
export interface NodeGroup {
  readonly subscription: EstateSubscription;
  readonly clusterName: string;
  /** As the cluster writes it in `properties.nodeResourceGroup`. */
  readonly name: string;
  readonly location: string;
  readonly kubernetes: string;
  readonly subnetId: string;
}

/** The id of a resource in the node group. */
export function nodeGroupId(group: NodeGroup, type: string, name: string): string {
  return `/subscriptions/${group.subscription.subscriptionId}/resourceGroups/${group.name}/providers/${type}/${name}`;
}

/** The digits that the names of all the group's resources share. */
export function nodeGroupDigits(group: NodeGroup): string {
  return digitsOf(`${group.subscription.subscriptionId}/${group.name}`);
}

/** The identity of the kubelet, which every node carries. */
export function kubeletIdentity(group: NodeGroup) {
  const name = `${group.clusterName}-agentpool`;
  return {
    resourceId: nodeGroupId(group, "Microsoft.ManagedIdentity/userAssignedIdentities", name),
    clientId: guidOf(`${name} client`),
    objectId: guidOf(`${name} object`),
  };
}

/** The top-level `identity` of a scale set or machine in the group. */
export function nodeIdentity(group: NodeGroup): RawObject {
  const { resourceId, clientId, objectId } = kubeletIdentity(group);
  return {
    type: "UserAssigned",
    userAssignedIdentities: {
      [resourceId]: { clientId, principalId: objectId },
    },
  };
}

/**
 * The tags AKS puts on the scale set, and on the machines, of a pool. Names and values as in a scale set
 * request printed in a public support wiki of November 2025 and in an exported template of October 2025.
 */
export function aksManagedTags(group: NodeGroup, pool: string, source: string): RawObject {
  return {
    "aks-managed-azure-cni-overlay": "true",
    "aks-managed-bootstrap-profile-acr-name": "",
    "aks-managed-consolidated-additional-properties": guidOf(`${source} consolidated`),
    "aks-managed-createOperationID": guidOf(`${source} created`),
    "aks-managed-creationSource": `vmssclient-${source}`,
    "aks-managed-enable-imds-restriction": "false",
    "aks-managed-kubeletIdentityClientID": kubeletIdentity(group).clientId,
    "aks-managed-networkisolated-outbound-type": "",
    "aks-managed-orchestrator": `Kubernetes:${group.kubernetes}`,
    "aks-managed-poolName": pool,
    "aks-managed-resourceNameSuffix": nodeGroupDigits(group),
    "aks-managed-ssh-access": "Disabled",
    "compute.aks.billing": "true",
    "aks-managed-coordination": "true",
  };
}

/** The `osProfile.linuxConfiguration` of every node; the key is no key. */
export const linuxConfiguration = {
  disablePasswordAuthentication: true,
  ssh: {
    publicKeys: [
      {
        path: "/home/azureuser/.ssh/authorized_keys",
        keyData: "ssh-rsa not-a-key",
      },
    ],
  },
  provisionVMAgent: true,
} as const satisfies RawObject;
