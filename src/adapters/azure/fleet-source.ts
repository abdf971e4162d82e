import { type FleetSource, mostSubscriptionsAtOnce, type Subscription } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import type { SweepScope } from "../../domain/sweep.ts";
import { isObject } from "../json-object.ts";
import { at, type Place, readingOf, readNumber, readText } from "../row.ts";
import { type AzureAccess, patienceOf } from "./azure-access.ts";
import { mapPricing, readDefenderPlan } from "./defender-plan.ts";
import { mapManagedCluster } from "./managed-cluster.ts";
import { mapMachineWithIdentities, mapNodeMachine } from "./node-machine.ts";
import { createPace, type Pace } from "./pace.ts";
import { readPresence } from "./presence.ts";
import {
  clusterCountsQuery,
  clustersQuery,
  machinesQuery,
  machinesWithIdentitiesQuery,
  pricingsQuery,
  subscriptionsQuery,
} from "./queries.ts";
import { grantRole, grantRoleOnSubscriptions } from "./remedies.ts";
import { createResourceGraph, type GraphQuery } from "./resource-graph.ts";
import { createResourceManager } from "./resource-manager.ts";

export interface FleetSourceOptions extends AzureAccess {
  /** Shared by all that query Resource Graph as the same identity; without it the source paces itself alone. */
  readonly pace?: Pace;
}

/** The fleet through Azure's own SDK clients: rows from Resource Graph, single answers from Resource Manager. */
export function createFleetSource(options: FleetSourceOptions): FleetSource {
  const graph = createResourceGraph(options, options.pace ?? createPace());
  const arm = createResourceManager(options);
  const patience = patienceOf(options);

  async function* mapped<T>(
    query: GraphQuery,
    map: (row: unknown) => T,
  ): AsyncGenerator<readonly T[], void, undefined> {
    // Without subscriptions the query would look everywhere.
    if (query.subscriptions?.length === 0) return;
    for await (const page of graph(query)) yield page.map(map);
  }

  return {
    async subscriptions(scope) {
      const found = new Map<string, Subscription>();
      for (const query of subscriptionQueries(scope)) {
        let shown = 0;
        for await (const page of graph(query)) {
          for (const row of page) {
            const subscription = mapSubscription(query.task, row);
            found.set(subscription.subscriptionId, subscription);
          }
          shown += page.length;
        }
        // Whoever sweeps a group or all there is expects something; that nothing is shown may be a missing right as well.
        if (shown === 0 && query.subscriptions === undefined) throw nothingShown(query);
      }
      return [...found.values()];
    },
    async clusterCounts(subscriptionIds) {
      const counts = new Map<string, number>();
      const query = inSubscriptions(clusterCountsQuery, "the number of clusters", "Reader", subscriptionIds);
      for await (const page of mapped(query, (row) => mapCount(query.task, row)))
        for (const { subscriptionId, clusters } of page) counts.set(subscriptionId, clusters);
      return counts;
    },
    clusters: (subscriptionIds, groups) =>
      mapped(
        {
          ...inSubscriptions(clustersQuery, "the clusters", "Reader", subscriptionIds),
          // One that nobody remembers would be missed without a word. Batches are cut so that there is one page.
          isReadAgain: true,
        },
        (row) => mapManagedCluster(row, groups),
      ),
    machines(subscriptionIds, groups) {
      const [query, map] =
        groups?.has("nodeIdentities") === false
          ? ([machinesQuery, mapNodeMachine] as const)
          : ([machinesWithIdentitiesQuery, mapMachineWithIdentities] as const);
      return mapped(inSubscriptions(query, "the machines", "Reader", subscriptionIds), map);
    },
    defenderPlans: (subscriptionIds) =>
      mapped(
        {
          ...inSubscriptions(pricingsQuery, "the Defender pricings", "Security Reader", subscriptionIds),
          // A cluster's own pricing wins over its subscription's: without its row the wrong one would decide.
          isReadAgain: true,
        },
        mapPricing,
      ),
    presence: (resourceId) => readPresence(arm, resourceId, patience),
    defenderPlan: (scope, name = "Containers") => readDefenderPlan(arm, scope, name, patience),
  };
}

/** Subscriptions and management groups exclude each other in one query, so a scope with both takes several. */
function* subscriptionQueries({
  subscriptions,
  managementGroups,
}: SweepScope): Generator<GraphQuery, void, undefined> {
  // A subscription that nobody remembers would be missed without a word.
  const query = subscriptionsQuery;
  const isReadAgain = true;
  for (let start = 0; start < subscriptions.length; start += mostSubscriptionsAtOnce) {
    const some = subscriptions.slice(start, start + mostSubscriptionsAtOnce);
    // Whoever names subscriptions expects them, so that none is shown is an answer like any other.
    yield {
      ...inSubscriptions(query, "the names", "Reader", some),
      isEmptyWhenNoneReadable: true,
      isReadAgain,
    };
  }
  for (const group of managementGroups) {
    const scope = `/providers/Microsoft.Management/managementGroups/${group}`;
    yield {
      query,
      managementGroups: [group],
      isReadAgain,
      task: `the subscriptions of management group ${group}`,
      remedy: grantRole("Reader", scope),
    };
  }
  if (subscriptions.length === 0 && managementGroups.length === 0) {
    yield {
      query,
      isReadAgain,
      task: "the subscriptions of the tenant",
      remedy: grantRoleOnSubscriptions("Reader", []),
    };
  }
}

function nothingShown({ managementGroups, remedy }: GraphQuery): SourceError {
  const where =
    managementGroups === undefined ? "the tenant" : `management group ${managementGroups.join(", ")}`;
  const message = `Resource Graph shows no subscription of ${where} at all.`;
  return new SourceError(message, { reason: "accessDenied", remedy });
}

function inSubscriptions(
  query: string,
  what: string,
  role: "Reader" | "Security Reader",
  subscriptions: readonly string[],
): GraphQuery {
  if (subscriptions.length > mostSubscriptionsAtOnce)
    throw new RangeError(`At most ${mostSubscriptionsAtOnce} subscriptions at a time.`);
  const where =
    subscriptions.length === 1 ? `subscription ${subscriptions[0]}` : `${subscriptions.length} subscriptions`;
  return {
    query,
    subscriptions,
    task: `${what} of ${where}`,
    remedy: grantRoleOnSubscriptions(role, subscriptions),
  };
}

function mapSubscription(task: string, row: unknown): Subscription {
  return required(task, row, (root) => {
    const subscriptionId = readText(at(root, "subscriptionId"))?.toLowerCase();
    return subscriptionId === undefined
      ? null
      : { subscriptionId, displayName: readText(at(root, "name")) ?? subscriptionId };
  });
}

function mapCount(
  task: string,
  row: unknown,
): { readonly subscriptionId: string; readonly clusters: number } {
  return required(task, row, (root) => {
    const subscriptionId = readText(at(root, "id"))?.toLowerCase();
    const clusters = readNumber(at(root, "clusters"));
    return subscriptionId === undefined || clusters === null ? null : { subscriptionId, clusters };
  });
}

/** A row that cannot be read hides a whole subscription, so none is left out. @throws SourceError */
function required<T>(task: string, row: unknown, map: (root: Place) => T | null): T {
  const reading = readingOf("", () => (isObject(row) ? map({ path: "", value: row }) : null));
  if (reading.state === "collected" && reading.value !== null) return reading.value;
  const detail = reading.state === "unavailable" ? reading.gap.detail : "a row lacks what identifies it.";
  throw new SourceError(`Could not read ${task}: ${detail}`, { reason: "malformed" });
}
