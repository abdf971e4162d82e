import { isObject } from "../../json-object.ts";
import { readingOf } from "../../row.ts";
import { mapClusterPrincipals } from "../cluster/identity-settings.ts";
import { clusterIdentitiesQuery } from "../queries.ts";
import { grantRoleOnSubscriptions } from "../remedies.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { readRows } from "./read-rows.ts";

/** An identity's hold on a group, for comparing. */
export function holdOn(groupId: string, principalId: string): string {
  return `${groupId} ${principalId}`.toLowerCase();
}

/**
 * Tells role assignments (rows of `roleAssignmentsQuery`) of clusters' own identities in their own node resource groups,
 * for all clusters that may be read. One that is not told costs requests later and hides nothing.
 */
export async function readOwnGroups(graph: ResourceGraph): Promise<(assignment: unknown) => boolean> {
  const { rows } = await readRows(graph, {
    query: clusterIdentitiesQuery,
    task: "the identities of clusters in the tenant",
    remedy: grantRoleOnSubscriptions("Reader", []),
  });
  const own = new Set(rows.flatMap(holdsOf));
  return (row) =>
    isObject(row) &&
    typeof row.scope === "string" &&
    typeof row.principalId === "string" &&
    own.has(holdOn(row.scope, row.principalId));
}

function holdsOf(row: unknown): readonly string[] {
  if (!isObject(row) || typeof row.subscriptionId !== "string" || typeof row.nodeResourceGroup !== "string")
    return [];
  const group = `/subscriptions/${row.subscriptionId}/resourceGroups/${row.nodeResourceGroup}`;
  const principals = readingOf("", () => mapClusterPrincipals({ path: "", value: row }));
  return principals.state === "collected"
    ? principals.value.cluster.map(({ value }) => holdOn(group, value))
    : [];
}
