import type { TenantRows } from "../../../application/fact-source.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import type { AssignedPolicies } from "../../../domain/workloads.ts";
import { inParallel } from "../../in-parallel.ts";
import { isObject } from "../../json-object.ts";
import { type Ancestry, createAncestry } from "../access/ancestry.ts";
import { readGraphRows } from "../graph-rows.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { isMeant, policiesOf } from "./assigned-policies.ts";
import type { PolicySet } from "./built-in-policies.ts";
import { createMappedRows } from "./mapped-rows.ts";
import { createMembersOf } from "./policy-members.ts";
import { policyAssignmentsQuery, policyExemptionsQuery } from "./policy-queries.ts";
import { mapAssignment, mapExemption, type PolicyAssignment, policyKey, scopeOfId } from "./policy-rows.ts";
import { readPolicySets } from "./policy-sets.ts";
import type { PolicyWitness } from "./policy-witness.ts";

/** A cluster to look policies up for. */
export interface PolicyPlace {
  readonly subscriptionId: string;
  /** The ids of the cluster, its resource group and its subscription, lower case. */
  readonly scopes: readonly string[];
  readonly location: string | null;
}

/** What was read of assignments, for one cluster after the other. */
export type AssignmentLookup = (place: PolicyPlace) => AssignedPolicies | { readonly gap: Gap };

interface OfTenant {
  readonly readingContainers: Promise<TenantRows>;
  /** By key, those that are known already; null is one that nobody showed. */
  readonly initiatives: ReadonlyMap<string, PolicySet | null>;
}

/** Reads the assignments and exemptions in subscriptions and above them, and the initiatives they name. */
export async function readAssignments(
  graph: ResourceGraph,
  witness: PolicyWitness,
  { readingContainers, initiatives }: OfTenant,
  subscriptionIds: readonly string[],
): Promise<AssignmentLookup> {
  const assignments = createMappedRows(mapAssignment);
  const exemptions = createMappedRows(mapExemption);
  const [containers, ...failures] = await Promise.all([
    readingContainers,
    readGraphRows(
      graph,
      inherited(policyAssignmentsQuery, "the policy assignments"),
      subscriptionIds,
      assignments.take,
    ),
    readGraphRows(
      graph,
      inherited(policyExemptionsQuery, "the policy exemptions"),
      subscriptionIds,
      exemptions.take,
    ),
  ]);
  const ancestry = createAncestry(containers.rows);

  const seen = new Set(assignments.all().map(({ scope }) => scope));
  const unseen = new Map(subscriptionIds.map((id) => [id, unseenAbove(id, ancestry, seen)]));
  const inheritedFrom = new Map<string, readonly string[]>();
  await inParallel(
    mostAtOnce,
    [...unseen.keys()].filter((id) => unseen.get(id)?.length !== 0),
    async (id) => {
      const around = await witness.around(id);
      if (around === null) return;
      for (const row of around.assignments) assignments.take(row);
      for (const row of around.exemptions) exemptions.take(row);
      inheritedFrom.set(id, around.assignments.flatMap(groupOf));
      unseen.delete(id);
    },
  );
  const sets = await readPolicySets(
    graph,
    witness,
    assignments
      .all()
      .map(({ definitionId }) => definitionId)
      .filter(isSet),
    initiatives,
  );
  const byScope = groupBy(assignments.all(), ({ scope }) => scope);
  const membersOf = createMembersOf();
  const exemptionsOf = groupBy(exemptions.all(), ({ assignmentId }) => assignmentId);

  return ({ subscriptionId, scopes: own, location }) => {
    const groups = [...(ancestry.above(subscriptionId) ?? []), ...(inheritedFrom.get(subscriptionId) ?? [])];
    // The empty scope is the tenant's.
    const scopes = new Set([...own, ...groups.map((id) => id.toLowerCase()), ""]);
    const target = { scopes, location };
    const failure = failures.flatMap((one) => one(subscriptionId) ?? [])[0];
    if (failure !== undefined) return { gap: gapFrom(failure, "") };
    const gap = assignments.brokenAt(scopes) ?? exemptions.brokenAt(scopes);
    if (gap !== null) return { gap };

    const above = [...scopes].flatMap((scope) => byScope.get(scope) ?? []);
    const known = above.map((one) => ({ one, set: setOf(one, sets) }));
    const unknown = known.filter(({ one, set }) => set === undefined && isMeant(one, target) !== false);
    return {
      policies: known.flatMap(({ one, set }) =>
        set === undefined
          ? []
          : policiesOf(membersOf, one, set, target, exemptionsOf.get(one.id.toLowerCase()) ?? []),
      ),
      unseen: [
        ...(unseen.get(subscriptionId) ?? []),
        ...unknown.map(
          ({ one }) =>
            `what the initiative ${one.definitionId} asks, which ${one.id} assigns (the role Reader where it is defined would show it)`,
        ),
      ],
    };
  };
}

/** What may be assigned in a subscription or above it that Resource Graph does not show, each with what would; `seen` are the scopes of what it does. */
function unseenAbove(
  subscriptionId: string,
  ancestry: Ancestry,
  seen: ReadonlySet<string>,
): readonly string[] {
  const subscription = `/subscriptions/${subscriptionId}`.toLowerCase();
  const chain = ancestry.above(subscriptionId);
  if (chain === null)
    return [
      `what is assigned above ${subscription}, whose management groups nobody shows (the role Reader on it would)`,
    ];
  const isSeen = (id: string) => seen.has(id.toLowerCase());
  const hidden = chain.filter((id) => !ancestry.isShown(id) && !isSeen(id));
  if (hidden.length > 0)
    return hidden.map((id) => `what is assigned at ${id} (the role Reader there would show it)`);
  const isAnythingShown =
    chain.some(isSeen) || [...seen].some((scope) => `${scope}/`.startsWith(`${subscription}/`));
  return isAnythingShown
    ? []
    : [`any policy assignment at all (the role Reader on ${subscription} would show them)`];
}

/** One row that is missing would decide as much as one that is there. */
function inherited(query: string, what: string) {
  return { query, what, role: "Reader", withInherited: true, isReadAgain: true } as const;
}

/** The management group of an assignment, if it was made at one. */
function groupOf(row: unknown): readonly string[] {
  const id = isObject(row) && typeof row.id === "string" ? scopeOfId(row.id).toLowerCase() : "";
  return id.startsWith("/providers/microsoft.management/managementgroups/") ? [id] : [];
}

/** Undefined: an initiative nobody shows. Null: a single definition. */
function setOf(
  { definitionId }: PolicyAssignment,
  sets: ReadonlyMap<string, PolicySet>,
): PolicySet | null | undefined {
  return isSet(definitionId) ? sets.get(policyKey(definitionId)) : null;
}

function isSet(definitionId: string): boolean {
  return definitionId.includes("/policysetdefinitions/");
}

/** Resource Manager is asked about so many subscriptions at a time. */
const mostAtOnce = 8;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
