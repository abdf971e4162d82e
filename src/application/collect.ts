import type { ClusterSnapshot, FactGroup } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { collectMachines } from "./collect-machines.ts";
import { collectPlans } from "./collect-plans.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import { drainPages } from "./drain-pages.ts";
import type { FleetSource, ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

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

/** Reads whole subscriptions, of each cluster the groups of facts asked for: clusters first, so that of all the machines only those of node groups are kept. */
export async function collect(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  { asOf, groups }: { readonly asOf: string; readonly groups: ReadonlySet<FactGroup> },
): Promise<Collection> {
  const observed: ObservedCluster[] = [];
  const { gaps, failure } = await drainPages(fleet.clusters(subscriptionIds, groups), (one) =>
    observed.push(one),
  );
  const machines = await collectMachines(fleet, subscriptionIds, observed);
  const plans = await collectPlans(fleet, subscriptionIds, observed);

  return {
    observed,
    complete: (one) => completeSnapshot(one, { machines: machines(one), defenderPlan: plans(one), asOf }),
    gaps: [
      ...gaps,
      ...(failure === null ? [] : subscriptionIds.map((id) => gapFrom(failure, `/subscriptions/${id}`))),
    ],
    unreadClusters: failure === null ? null : (id) => gapFrom(failure, `/subscriptions/${id}`),
  };
}
