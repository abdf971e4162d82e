import type { ClusterRef } from "../domain/cluster.ts";
import type { ClusterSnapshot, FactGroup } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import type { ProfileParameters } from "../domain/profile-parameters.ts";
import { both } from "./both.ts";
import { collectFacts } from "./collect-facts.ts";
import { collectMachines } from "./collect-machines.ts";
import { collectPlans } from "./collect-plans.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import { drainPages } from "./drain-pages.ts";
import type { FactSource } from "./fact-source.ts";
import type { FleetSource, ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";
import { createTenantReader, type KeptTables } from "./tenant-reader.ts";

/** What was read of some subscriptions' clusters. */
export interface Collection {
  readonly observed: readonly ObservedCluster[];
  /** Joins a cluster with what else was read of it: one at a time, since snapshots are many times larger than what they are made of. */
  readonly complete: (one: ObservedCluster) => ClusterSnapshot;
  /** Rows that could not be taken for a cluster, and subscriptions whose clusters were not all read. */
  readonly gaps: readonly Gap[];
  /** Null when every page of clusters came; otherwise why a cluster that is missing here proves nothing. */
  readonly unreadClusters: ((subscriptionId: string) => Gap) | null;
}

/** What is to be known of the clusters. */
export interface Wanted {
  readonly groups: ReadonlySet<FactGroup>;
  /** Whoever reads what the clusters' own rows do not hold. */
  readonly facts: readonly FactSource[];
  /** What is kept of the tenant; the rest is read. */
  readonly tenant?: KeptTables | undefined;
  /** Whether a cluster is to be judged at all; of others nothing but their own rows is read. */
  readonly isJudged: (cluster: ClusterRef) => boolean;
  /** YYYY-MM-DD, the date to judge at. */
  readonly asOf: string;
  /** Of the profile. */
  readonly parameters?: ProfileParameters | undefined;
}

/** Reads whole subscriptions, of each cluster the groups of facts asked for: clusters first, so that of all the machines only those of node groups are kept. */
export async function collect(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  { asOf, groups, facts, tenant, isJudged, parameters }: Wanted,
): Promise<Collection> {
  const observed: ObservedCluster[] = [];
  const { gaps, failure } = await drainPages(fleet.clusters(subscriptionIds, groups), (one) =>
    observed.push(one),
  );
  // Side by side: Resource Graph's quota is not Resource Manager's.
  const readingMachines = collectMachines(fleet, subscriptionIds, observed, groups);
  const [further, [machines, plans]] = await both(
    collectFacts(
      facts,
      groups,
      observed.filter(({ cluster }) => isJudged(cluster)),
      { machines: readingMachines, tenant: createTenantReader(tenant) },
    ),
    inOrder(
      () => readingMachines,
      () => collectPlans(fleet, subscriptionIds, observed, groups),
    ),
  );

  return {
    observed,
    complete: (one) =>
      completeSnapshot(one, {
        machines: machines(one),
        further: { ...further(one), ...plans(one) },
        asOf,
        parameters,
      }),
    gaps: [
      ...gaps,
      ...(failure === null ? [] : subscriptionIds.map((id) => gapFrom(failure, `/subscriptions/${id}`))),
    ],
    unreadClusters: failure === null ? null : (id) => gapFrom(failure, `/subscriptions/${id}`),
  };
}

async function inOrder<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<readonly [A, B]> {
  return [await one(), await other()];
}
