import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { Gap } from "../../../domain/gap.ts";
import { collected, partial, type Reading, unavailable } from "../../../domain/reading.ts";
import type { Patience } from "../../patience.ts";
import { malformedGap, type Place } from "../../row.ts";
import type { TenantTables } from "../access/tenant-tables.ts";
import { readGraphRows } from "../graph-rows.ts";
import { createInitiatives, mapInitiatives } from "../policy/initiatives.ts";
import { type AssignmentLookup, readAssignments } from "../policy/policy-assignments.ts";
import { componentStatesQuery, policyStatesQuery } from "../policy/policy-queries.ts";
import { createPolicyStates, type PolicyStates } from "../policy/policy-states.ts";
import { createPolicyWitness } from "../policy/policy-witness.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import type { ResourceManager } from "../resource-manager.ts";

interface Connections {
  readonly graph: ResourceGraph;
  readonly arm: ResourceManager;
  readonly patience: Patience;
  readonly tables: Pick<TenantTables, "managementGroups">;
}

/** Policies for workloads that hold for each cluster, and what the policy add-on reports of its workloads. */
export function createAzurePolicy({ graph, arm, patience, tables }: Connections): FactSource {
  const initiatives = createInitiatives(graph, arm, patience);
  return {
    groups: ["assignedPolicies", "workloadScan"],
    tenant: [tables.managementGroups, initiatives],
    async read(clusters, { tenant }) {
      const subscriptionIds = [...new Set(clusters.flatMap(({ cluster }) => cluster.subscriptionId ?? []))];
      const [lookUp, reports] = await Promise.all([
        readAssignments(
          graph,
          createPolicyWitness(arm, patience),
          {
            readingContainers: tenant.rowsOf(tables.managementGroups),
            initiatives: mapInitiatives(tenant.kept(initiatives)),
          },
          subscriptionIds,
        ),
        readReports(graph, subscriptionIds),
      ]);
      return (observed) => {
        const assigned = assignedTo(observed, lookUp);
        return { assignedPolicies: assigned, workloadScan: scanOf(observed, assigned, reports) };
      };
    },
  };
}

function assignedTo(
  { cluster }: ObservedCluster,
  lookUp: AssignmentLookup,
): Reading<Facts["assignedPolicies"]> {
  const { id, subscriptionId, resourceGroup, location } = cluster;
  const subscription = `/subscriptions/${subscriptionId ?? ""}`;
  const scopes = [id, `${subscription}/resourceGroups/${resourceGroup ?? ""}`, subscription];
  const found = lookUp({
    subscriptionId: subscriptionId ?? "",
    scopes: scopes.map((scope) => scope.toLowerCase()),
    location,
  });
  return "gap" in found ? unavailable({ ...found.gap, scope: id }) : collected(found);
}

interface Reports {
  readonly states: PolicyStates;
  /** Why some may be missing, or null. */
  gapOf(clusterId: string, subscriptionId: string): Gap | null;
}

async function readReports(graph: ResourceGraph, subscriptionIds: readonly string[]): Promise<Reports> {
  const states = createPolicyStates();
  const malformed: Gap[] = [];
  const taking = (take: (root: Place) => void) => (row: unknown) => {
    try {
      take({ path: "", value: row });
    } catch (error) {
      malformed.push(malformedGap("", error));
    }
  };
  const failures = await Promise.all([
    readGraphRows(
      graph,
      { query: policyStatesQuery, what: "the policy states", role: "Reader" },
      subscriptionIds,
      taking(states.takeState),
    ),
    readGraphRows(
      graph,
      { query: componentStatesQuery, what: "the component policy states", role: "Reader" },
      subscriptionIds,
      taking(states.takeComponent),
    ),
  ]);
  return {
    states,
    gapOf(clusterId, subscriptionId) {
      const failure = failures.flatMap((one) => one(subscriptionId) ?? [])[0];
      if (failure !== undefined) return gapFrom(failure, clusterId);
      // A row that cannot be read may be any cluster's.
      const [row] = malformed;
      return row === undefined ? null : { ...row, scope: clusterId };
    },
  };
}

/** Answers to all that is assigned and not switched off; what offends in them stands even where more may be missing. */
function scanOf(
  { cluster: { id, subscriptionId } }: ObservedCluster,
  assigned: Reading<Facts["assignedPolicies"]>,
  { states, gapOf }: Reports,
): Reading<Facts["workloadScan"]> {
  if (assigned.state === "unavailable") return assigned;
  const answers = assigned.value.policies
    .filter(({ effect }) => effect !== "disabled")
    .map((policy) => states.answerTo(id, policy));
  const scan = { answers };
  const gap = gapOf(id, subscriptionId ?? "");
  return gap === null ? collected(scan) : partial(scan, gap);
}
