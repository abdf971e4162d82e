import type { Setting } from "./setting.ts";

/** What a role lets its holder do that controls ask about. */
export type RolePower =
  /** Every action on every resource, but not necessarily on assignments of roles (Owner, Contributor). */
  | "everything"
  /** Assigning roles. */
  | "roleAssignments"
  /** Cluster-admin credentials, or commands run in the cluster as one. */
  | "clusterAdmin"
  /** Changing clusters. */
  | "clusterWrite"
  /** Writing Kubernetes objects by Azure RBAC. */
  | "clusterData"
  /** Changing machines, running commands on them or logging in to them. */
  | "machines"
  /** Pushing images into registries. */
  | "registryPush"
  /** What vaults hold. */
  | "keyVaultData";

/** A role, known by the GUID that all its ids end in (lower case). */
export interface Role {
  readonly id: string;
  /** The GUID again when nobody shows its definition. */
  readonly name: string;
  /** Null when nobody shows its definition, so that it may do anything. */
  readonly powers: readonly RolePower[] | null;
}

/** A role that somebody was assigned somewhere. */
export interface RoleGrant {
  /** The assignment's resource id. */
  readonly path: string;
  /** Where it holds, with everything below; `/` is the whole tenant. */
  readonly scope: string;
  /** The holder's object id: evidence names people by nothing else. */
  readonly principalId: string;
  /** `User`, `Group`, `ServicePrincipal`, …; null for old assignments, which do not say. */
  readonly principalType: string | null;
  readonly role: Role;
}

/** The identities a cluster acts as, by object id. */
export interface ClusterPrincipals {
  readonly kubelet: Setting<string | null>;
  /** The control plane's: none for a cluster that acts as an application. */
  readonly cluster: readonly Setting<string>[];
  /** Those of add-ons, and others that AKS made for the cluster. */
  readonly others: readonly Setting<string>[];
}

/** A group of the directory whose members administer a cluster. */
export interface AdminGroup {
  /** Object id. */
  readonly id: string;
  /** Whoever is in it or in a group in it, groups themselves aside; null when the directory has no such group. */
  readonly members: {
    readonly count: number;
    /** Object ids of guests. */
    readonly guests: readonly string[];
    /** People of whom the directory does not say whether they are guests. */
    readonly untold: number;
  } | null;
}

/** An identity that pods can act as, by way of its machine or of a token of their own. */
export interface UsableIdentity {
  /** Where it says so: a scale set, a machine, or a federated credential. */
  readonly path: string;
  readonly principalId: string;
}

/** Where a role was assigned, from wide to narrow. */
export type ScopeReach = "tenant" | "managementGroup" | "subscription" | "resourceGroup" | "resource";

export function reachOf(scope: string): ScopeReach {
  const parts = scope.toLowerCase().split("/").filter(Boolean);
  if (parts.length === 0) return "tenant";
  if (parts[0] === "providers") return "managementGroup";
  if (parts.length <= 2) return "subscription";
  return parts.length <= 4 ? "resourceGroup" : "resource";
}

/** Whether a role assigned there holds for more than a single resource. */
export function isResourceGroupOrWider(scope: string): boolean {
  return reachOf(scope) !== "resource";
}

/** Whether a scope is a place or lies below it, by path segment and without regard to case. */
export function isAtOrBelow(scope: string, place: string): boolean {
  return `${trimmed(scope)}/`.startsWith(`${trimmed(place)}/`);
}

export function isSameScope(scope: string, place: string): boolean {
  return trimmed(scope) === trimmed(place);
}

function trimmed(scope: string): string {
  return scope.toLowerCase().replace(/\/+$/, "");
}
