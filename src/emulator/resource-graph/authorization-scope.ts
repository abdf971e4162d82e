import type { RawObject } from "../estate/world.ts";
import { readText, type WorldIndex } from "../world-index.ts";

const authorizationScopes = [
  "AtScopeAndBelow",
  "AtScopeAndAbove",
  "AtScopeAboveAndBelow",
  "AtScopeExact",
] as const;

/** Which assignments a query means, seen from where it looks (https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources). */
export type AuthorizationScope = (typeof authorizationScopes)[number];

export function isAuthorizationScope(value: unknown): value is AuthorizationScope {
  return authorizationScopes.some((one) => one === value);
}

/** Whether assignments at the management groups above belong to it. */
export function seesAbove(scope: AuthorizationScope): boolean {
  return scope === "AtScopeAndAbove" || scope === "AtScopeAboveAndBelow";
}

interface Viewpoint {
  /** None of either: the whole tenant. */
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
  readonly authorizationScope: AuthorizationScope;
}

const managementGroupScope = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/;

/** Tells the rows of assignments (of roles and policies, and exemptions) that are meant; every other row is. Role definitions are the tenant's and only seen from there. */
export function createAssignmentFilter(
  index: WorldIndex,
  { subscriptions, managementGroups, authorizationScope }: Viewpoint,
): (row: RawObject, isAboveSubscriptions: boolean) => boolean {
  if (subscriptions.length === 0 && managementGroups.length === 0) return () => true;
  const standing = new Set([
    ...subscriptions.map((id) => `/subscriptions/${id.toLowerCase()}`),
    ...managementGroups.map(managementGroupId),
  ]);
  const above = new Set(["/", ...ancestors(index, subscriptions, managementGroups).map(managementGroupId)]);

  return (row, isAboveSubscriptions) => {
    const type = readText(row, "type").toLowerCase();
    if (type === "microsoft.authorization/roledefinitions") return false;
    if (!/^microsoft\.authorization\/(roleassignments|policyassignments|policyexemptions)$/.test(type))
      return !isAboveSubscriptions || subscriptions.length === 0 || isInherited(row, above);
    const scope = scopeOf(row);
    if (standing.has(scope)) return true;
    if (above.has(scope)) return seesAbove(authorizationScope);
    const isBelow = authorizationScope === "AtScopeAndBelow" || authorizationScope === "AtScopeAboveAndBelow";
    // A management group is below only when nothing shows it to be beside or above.
    return isBelow && (managementGroups.length > 0 || !managementGroupScope.test(scope));
  };
}

/** Definitions of policies lie at management groups and are seen from below them; what has no such place is not. */
function isInherited(row: RawObject, above: ReadonlySet<string>): boolean {
  const [, place] = /^(.+)\/providers\/microsoft\.authorization\/policy/i.exec(readText(row, "id")) ?? [];
  return place !== undefined && above.has(place.toLowerCase());
}

/** Where an assignment was made, lower case. */
function scopeOf(row: RawObject): string {
  const { properties } = row;
  const scope =
    typeof properties === "object" && properties !== null && "scope" in properties ? properties.scope : null;
  if (typeof scope === "string" && scope !== "") return scope.toLowerCase();
  const id = readText(row, "id").toLowerCase();
  return id.slice(0, id.lastIndexOf("/providers/microsoft.authorization/")) || "/";
}

/** Names of the management groups above, without those looked at themselves. */
function ancestors(
  index: WorldIndex,
  subscriptions: readonly string[],
  managementGroups: readonly string[],
): readonly string[] {
  const chains = subscriptions.map((id) => index.subscription(id)?.managementGroups ?? []);
  const wanted = new Set(managementGroups.map((name) => name.toLowerCase()));
  const higher = index.world.subscriptions.map(({ managementGroups: chain }) => {
    const place = chain.findIndex((name) => wanted.has(name.toLowerCase()));
    return place < 0 ? [] : chain.slice(place + 1);
  });
  return [...chains.flat(), ...higher.flat()];
}

function managementGroupId(name: string): string {
  return `/providers/microsoft.management/managementgroups/${name.toLowerCase()}`;
}
