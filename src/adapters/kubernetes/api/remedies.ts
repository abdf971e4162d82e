/** Ids of the built-in roles a remedy names (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers). */
const roles = {
  "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
} as const;

export function assignRole(role: keyof typeof roles, clusterId: string): string {
  return `Grant the monitor's identity the role ${role} (${roles[role]}) on ${clusterId}: az role assignment create --assignee <principal-id> --role ${roles[role]} --scope ${clusterId}`;
}

/** Where Azure RBAC is off, the cluster's own roles decide. */
const otherwise = (resource: string) =>
  `Where the cluster does not use Azure RBAC, bind a ClusterRole that may list ${resource} to a group that the identity is a member of.`;

/** What a built-in role lets a monitor read. */
export function grantReading(resource: string, clusterId: string): string {
  return `${assignRole("Azure Kubernetes Service RBAC Reader", clusterId)}. ${otherwise(resource)}`;
}

/** What none of the built-in roles for reading holds: roles and bindings, and custom resources (https://learn.microsoft.com/azure/role-based-access-control/permissions/containers). */
export function grantDataAction(action: string, resource: string, clusterId: string): string {
  return `Grant the monitor's identity a role of your own with the data action Microsoft.ContainerService/managedClusters/${action} on ${clusterId}: az role definition create --role-definition <role-definition>, then az role assignment create --assignee <principal-id> --role <role-name> --scope ${clusterId}. ${otherwise(resource)}`;
}
