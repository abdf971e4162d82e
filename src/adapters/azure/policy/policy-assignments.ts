import { gapFrom, SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import type { AssignedPolicies } from "../../../domain/workloads.ts";
import { isObject } from "../../json-object.ts";
import { readGraphRows } from "../graph-rows.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { malformedGap, type Place } from "../row.ts";
import { isMeant, type PolicyTarget, policiesOf } from "./assigned-policies.ts";
import { builtInSets, definitionDefaults, type PolicySet } from "./built-in-policies.ts";
import { policyAssignmentsQuery, policyExemptionsQuery, policySetsQuery } from "./policy-queries.ts";
import {
  mapAssignment,
  mapExemption,
  mapPolicySet,
  type PolicyAssignment,
  policyKey,
  scopeOfId,
} from "./policy-rows.ts";

/** What was read of assignments, for one cluster after the other. */
export interface AssignmentLookup {
  of(subscriptionId: string, target: PolicyTarget): AssignedPolicies | { readonly gap: Gap };
}

/** Initiatives are asked for so many at a time, which keeps the query short. */
const mostSetsAtOnce = 100;

/** Reads the assignments and exemptions in subscriptions and above them, and the initiatives they name. */
export async function readAssignments(
  graph: ResourceGraph,
  subscriptionIds: readonly string[],
): Promise<AssignmentLookup> {
  const assignments = await readRows(
    graph,
    "the policy assignments",
    policyAssignmentsQuery,
    mapAssignment,
    subscriptionIds,
  );
  const exemptions = await readRows(
    graph,
    "the policy exemptions",
    policyExemptionsQuery,
    mapExemption,
    subscriptionIds,
  );
  const sets = await readSets(graph, [...assignments.rows.values()]);
  const byScope = groupBy([...assignments.rows.values()], ({ scope }) => scope);
  const exemptionsByAssignment = groupBy([...exemptions.rows.values()], ({ assignmentId }) => assignmentId);

  return {
    of(subscriptionId, target) {
      const gap = assignments.gapOf(subscriptionId, target) ?? exemptions.gapOf(subscriptionId, target);
      if (gap !== null) return { gap };
      const above = [...target.scopes].flatMap((scope) => byScope.get(scope) ?? []);
      const known = above.map((one) => ({ one, set: setOf(one, sets) }));
      const policies = known.flatMap(({ one, set }) =>
        set === undefined
          ? []
          : policiesOf(one, set, target, exemptionsByAssignment.get(one.id.toLowerCase()) ?? []),
      );
      const unknown = known.filter(({ one, set }) => set === undefined && isMeant(one, target) !== false);
      return {
        policies,
        unseen: [
          ...(assignments.rows.size === 0
            ? [
                `any policy assignment at all (the role Reader on subscription ${subscriptionId} would show them)`,
              ]
            : []),
          ...unknown.map(
            ({ one }) =>
              `what the initiative ${one.definitionId} asks, which ${one.id} assigns (the role Reader where it is defined would show it)`,
          ),
        ],
      };
    },
  };
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

interface Rows<T> {
  /** By lower-case id. */
  readonly rows: ReadonlyMap<string, T>;
  /** Why rows that mean the target may be missing, or null. */
  gapOf(subscriptionId: string, target: PolicyTarget): Gap | null;
}

async function readRows<T extends { readonly id: string }>(
  graph: ResourceGraph,
  what: string,
  query: string,
  map: (root: Place) => T,
  subscriptionIds: readonly string[],
): Promise<Rows<T>> {
  const rows = new Map<string, T>();
  const malformed: { readonly scope: string | null; readonly gap: Gap }[] = [];
  const failureOf = await readGraphRows(
    graph,
    // One that is missing would decide as much as one that is there.
    { query, what, role: "Reader", withInherited: true, isReadAgain: true },
    subscriptionIds,
    (row) => {
      try {
        const mapped = map({ path: "", value: row });
        rows.set(mapped.id.toLowerCase(), mapped);
      } catch (error) {
        const scope = isObject(row) && typeof row.id === "string" ? scopeOfId(row.id).toLowerCase() : null;
        malformed.push({ scope, gap: malformedGap(scope ?? "", error) });
      }
    },
  );
  return {
    rows,
    gapOf(subscriptionId, { scopes }) {
      const failure = failureOf(subscriptionId);
      if (failure !== null) return gapFrom(failure, "");
      return malformed.find(({ scope }) => scope === null || scopes.has(scope))?.gap ?? null;
    },
  };
}

/** The initiatives that are assigned, by key; Azure's own are known without asking. Those that could not be read are not among them. */
async function readSets(
  graph: ResourceGraph,
  assignments: readonly PolicyAssignment[],
): Promise<ReadonlyMap<string, PolicySet>> {
  const sets = new Map(builtInSets);
  const ids = assignments.map(({ definitionId }) => definitionId).filter(isSet);
  const wanted = [...new Set(ids)].filter((id) => !sets.has(policyKey(id)));
  for (let start = 0; start < wanted.length; start += mostSetsAtOnce) {
    const some = wanted.slice(start, start + mostSetsAtOnce);
    try {
      const pages = graph({
        query: policySetsQuery(some),
        task: `${some.length} policy initiatives`,
        remedy: "Grant the monitor's identity the role Reader on the management groups.",
        isEmptyWhenNoneReadable: true,
      });
      for await (const page of pages) for (const row of page) takeSet(sets, row);
    } catch (error) {
      // What could not be read counts as not seen, which the lookup says of each.
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return sets;
}

/** Only members that controls judge by are kept: some initiatives have hundreds. */
function takeSet(sets: Map<string, PolicySet>, row: unknown): void {
  try {
    const { id, defaults, members } = mapPolicySet({ path: "", value: row });
    sets.set(policyKey(id), {
      defaults,
      members: members.filter(({ definition }) => definitionDefaults.has(definition)),
    });
  } catch (error) {
    // An initiative that cannot be taken apart is one nobody saw; any other error goes on up.
    malformedGap("", error);
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
