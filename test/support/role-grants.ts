import { builtInRoles } from "../../src/adapters/azure/access/built-in-roles.ts";
import type { Role, RoleGrant, RolePower } from "../../src/domain/access.ts";
import { hardenedCluster } from "./snapshot.ts";

/** Where the hardened cluster stands. */
export const places = {
  tenant: "/",
  managementGroup: "/providers/Microsoft.Management/managementGroups/mg-shop",
  subscription: `/subscriptions/${hardenedCluster.subscriptionId}`,
  group: `/subscriptions/${hardenedCluster.subscriptionId}/resourceGroups/rg-payments`,
  nodeGroup: `/subscriptions/${hardenedCluster.subscriptionId}/resourceGroups/MC_rg-payments`,
  otherGroup: `/subscriptions/${hardenedCluster.subscriptionId}/resourceGroups/rg-other`,
  cluster: hardenedCluster.id,
  namespace: `${hardenedCluster.id}/namespaces/checkout`,
  fleet: `/subscriptions/${hardenedCluster.subscriptionId}/resourceGroups/rg-fleet/providers/Microsoft.ContainerService/fleets/fleet-one`,
} as const;

export const person = "dddd0000-0000-4000-8000-000000000001";
export const team = "eeee0000-0000-4000-8000-000000000001";
export const pipeline = "ffff0000-0000-4000-8000-000000000001";

/** Somebody's role somewhere; a role by its built-in name, or one of the company's own by its powers. */
export function grant(
  principalId: string,
  principalType: string | null,
  role: string | readonly RolePower[] | null,
  scope: string,
): RoleGrant {
  return {
    path: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
    scope,
    principalId,
    principalType,
    role: typeof role === "string" ? builtIn(role) : own(role),
  };
}

function builtIn(name: string): Role {
  const found = [...builtInRoles.values()].find((role) => role.name === name);
  if (found === undefined) throw new Error(`There is no role ${name} here.`);
  return found;
}

function own(powers: readonly RolePower[] | null): Role {
  const id = "99990000-0000-4000-8000-000000000001";
  return { id, name: powers === null ? id : "Operator of the shop", powers };
}
