import type { ClusterSpec, GrantSpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { guidOf, resourceIdOf } from "./ids.ts";
import type { NodeGroup } from "./node-group.ts";
import { kubeletIdentity } from "./node-group.ts";
import { type EstateRole, estateRoles } from "./role-definitions.ts";
import { tenantId } from "./tenant.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

type PrincipalType = "User" | "Group" | "ServicePrincipal";

interface Holder {
  readonly principalId: string;
  readonly principalType: PrincipalType;
}

export const roleAssignmentType = "microsoft.authorization/roleassignments";

/** Who the emulator's tokens are issued to. */
const monitor: Holder = {
  principalId: "33333333-3333-3333-3333-333333333302",
  principalType: "ServicePrincipal",
};

/** A person or group of the company. Their ids are made of their names. */
function userNamed(name: string): Holder {
  return { principalId: guidOf(`user ${name}`), principalType: "User" };
}

function groupNamed(name: string): Holder {
  return { principalId: guidOf(`group ${name}`), principalType: "Group" };
}

/** An identity or application. */
function applicationNamed(name: string): Holder {
  return { principalId: guidOf(`${name} principal`), principalType: "ServicePrincipal" };
}

/**
 * What is assigned above subscriptions: the owners of the tenant, the monitor's own right, and one person who was
 * given every cluster of the legacy landing zone in one go, which nobody sees who looks at the clusters alone.
 */
export function tenantAssignmentRows(): readonly RawObject[] {
  return [
    assignmentRow(groupNamed("tenant-owners"), "owner", managementGroupId(tenantId)),
    assignmentRow(monitor, "reader", managementGroupId("contoso")),
    assignmentRow(userNamed("erp-consultant"), "clusterAdmin", managementGroupId("contoso-legacy")),
  ];
}

/** A person who administers all members of a Fleet. */
export function fleetAssignmentRow(user: string, fleetId: string): RawObject {
  return assignmentRow(userNamed(user), "fleetClusterAdmin", fleetId);
}

/** What is assigned at a subscription: its owners, and the pipeline that deploys there. */
export function subscriptionAssignmentRows(subscription: EstateSubscription): readonly RawObject[] {
  const scope = `/subscriptions/${subscription.subscriptionId}`;
  return [
    assignmentRow(groupNamed(`${subscription.displayName}-owners`), "owner", scope),
    assignmentRow(applicationNamed(`${subscription.displayName}-pipeline`), "contributor", scope),
  ];
}

/**
 * What AKS and the platform team assign for a cluster, and what else the cluster is to have: its administrators are a
 * group, its own identity works in the node group and the kubelet pulls images.
 */
export function clusterAssignmentRows(
  spec: ClusterSpec,
  group: NodeGroup,
  clusterId: string,
): readonly RawObject[] {
  const own = clusterIdentityOf(spec);
  const nodeGroupId = `/subscriptions/${group.subscription.subscriptionId}/resourceGroups/${group.name}`;
  const holders: Readonly<Record<"kubelet" | "cluster", Holder | null>> = {
    kubelet: { principalId: kubeletIdentity(group).objectId, principalType: "ServicePrincipal" },
    cluster: own,
  };
  const places: Readonly<Record<Exclude<GrantSpec["at"], `/${string}`>, string>> = {
    cluster: clusterId,
    group: `/subscriptions/${spec.subscription.subscriptionId}/resourceGroups/${spec.resourceGroup}`,
    nodeGroup: nodeGroupId,
    subscription: `/subscriptions/${spec.subscription.subscriptionId}`,
    registry: registryId(spec.subscription),
  };
  const usual: readonly GrantSpec[] = [
    { to: { group: "aks-admins" }, role: "clusterAdmin", at: "cluster" },
    { to: "cluster", role: "contributor", at: "nodeGroup" },
    { to: "kubelet", role: "acrPull", at: "registry" },
  ];
  return [...usual, ...(spec.grants ?? [])].flatMap(({ to, role, at }) => {
    const holder = typeof to === "string" ? holders[to] : holderNamed(to);
    if (holder === null) return [];
    const scope = isPlace(at) ? places[at] : `${clusterId}${at}`;
    return [assignmentRow(holder, role, scope)];
  });
}

/** The registry that a subscription's clusters pull from. */
function registryId({ subscriptionId }: EstateSubscription): string {
  const name = `acrcontoso${subscriptionId.slice(-3)}`;
  return resourceIdOf(subscriptionId, "rg-images", "Microsoft.ContainerRegistry/registries", name);
}

function isPlace(at: GrantSpec["at"]): at is Exclude<GrantSpec["at"], `/${string}`> {
  return !at.startsWith("/");
}

function holderNamed(to: Exclude<GrantSpec["to"], string>): Holder {
  if ("user" in to) return userNamed(to.user);
  return "group" in to ? groupNamed(to.group) : applicationNamed(to.application);
}

/** As its row names it: identities that a spec puts into the columns win. */
function clusterIdentityOf({ name, columns }: ClusterSpec): Holder | null {
  const identity = columns?.identity;
  if (identity === null) return null;
  const principalId =
    typeof identity === "object" && "principalId" in identity && typeof identity.principalId === "string"
      ? identity.principalId
      : guidOf(`id-${name} principal`);
  return { principalId, principalType: "ServicePrincipal" };
}

/** The row of one assignment. Its name is as good as random in Azure, and made of what it says here. */
function assignmentRow(holder: Holder, role: EstateRole, scope: string): RawObject {
  const { id } = estateRoles[role];
  const name = guidOf(`${holder.principalId} ${id} ${scope}`.toLowerCase());
  const [, , subscriptionId = "", , resourceGroup = ""] = scope.startsWith("/subscriptions/")
    ? scope.split("/")
    : [];
  const place = subscriptionId === "" ? "" : `/subscriptions/${subscriptionId}`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/RoleAssignments/${name}`,
    name,
    type: roleAssignmentType,
    ...emptyColumns,
    resourceGroup,
    subscriptionId,
    properties: {
      ...holder,
      roleDefinitionId: `${place}/providers/Microsoft.Authorization/RoleDefinitions/${id}`,
      scope,
      condition: null,
      conditionVersion: null,
      description: null,
      createdOn: "2026-03-02T10:11:12.1300000Z",
      updatedOn: "2026-03-02T10:11:12.1300000Z",
      createdBy: guidOf("group platform-engineering"),
      updatedBy: guidOf("group platform-engineering"),
    },
  };
}

function managementGroupId(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}
