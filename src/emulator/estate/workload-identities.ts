import { issuerUrl } from "./cluster-properties.ts";
import type { ClusterSpec, WorkloadIdentitySpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { guidOf, resourceIdOf } from "./ids.ts";
import type { NodeGroup } from "./node-group.ts";
import { clusterAssignmentRows } from "./role-assignment-rows.ts";
import type { RawObject } from "./world.ts";

export const managedIdentityType = "microsoft.managedidentity/userassignedidentities";

/** The rows of the identities that a cluster's workloads act as. */
export function workloadIdentityRows(spec: ClusterSpec): readonly RawObject[] {
  return (spec.workloadIdentities ?? []).map(({ name }) => ({
    id: identityId(spec, name),
    name,
    type: managedIdentityType,
    ...emptyColumns,
    location: spec.location,
    resourceGroup: spec.resourceGroup,
    subscriptionId: spec.subscription.subscriptionId,
    tags: spec.tags,
    properties: {
      clientId: guidOf(`${name} client`),
      principalId: guidOf(`${name} principal`),
      isolationScope: "None",
    },
  }));
}

/** What only ARM knows of them: whose tokens they take for their own (https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials/list). */
export function federatedCredentialObjects(
  spec: ClusterSpec,
  group: NodeGroup,
): Readonly<Record<string, RawObject>> {
  const objects = (spec.workloadIdentities ?? []).map((identity) => credential(spec, group, identity));
  return Object.fromEntries(objects.map((object) => [String(object.id).toLowerCase(), object]));
}

function credential(spec: ClusterSpec, group: NodeGroup, { name, subject }: WorkloadIdentitySpec): RawObject {
  return {
    id: `${identityId(spec, name)}/federatedIdentityCredentials/${spec.name}`,
    name: spec.name,
    type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    properties: { issuer: issuerUrl(group), subject, audiences: ["api://AzureADTokenExchange"] },
  };
}

/** The cluster with the roles of its workloads' identities among all others. */
export function assignmentRowsOf(
  spec: ClusterSpec,
  group: NodeGroup,
  clusterId: string,
): readonly RawObject[] {
  const grants = (spec.workloadIdentities ?? []).map(({ name, role, at }) => ({
    to: { application: name },
    role,
    at,
  }));
  return clusterAssignmentRows({ ...spec, grants: [...(spec.grants ?? []), ...grants] }, group, clusterId);
}

function identityId({ subscription, resourceGroup }: ClusterSpec, name: string): string {
  return resourceIdOf(
    subscription.subscriptionId,
    resourceGroup,
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    name,
  );
}
