import {
  type ClusterSnapshot,
  collected,
  type Facts,
  partial,
  type Reading,
  unavailable,
} from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { type Ask, createAsk } from "./ask-until-silent.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import type { DefenderPlan, FleetSource, NodeMachine, ObservedCluster, Pages } from "./ports.ts";
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

/** Reads whole subscriptions: clusters first, so that of all the machines only those of node groups are kept. */
export async function collect(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  asOf: string,
): Promise<Collection> {
  const { items: observed, gaps, failure } = await drain(fleet.clusters(subscriptionIds));
  const machines = await collectMachines(fleet, subscriptionIds, observed);
  const plans = await collectPlans(fleet, subscriptionIds, observed);

  return {
    observed,
    complete: (one) => completeSnapshot(one, { machines: machines(one), defenderPlan: plans(one), asOf }),
    gaps: [
      ...gaps,
      ...(failure === null ? [] : subscriptionIds.map((id) => gapFrom(failure, subscriptionScope(id)))),
    ],
    unreadClusters: failure === null ? null : (id) => gapFrom(failure, subscriptionScope(id)),
  };
}

interface Drained<T> {
  readonly items: readonly T[];
  readonly gaps: readonly Gap[];
  /** What ended the reading early, or null. */
  readonly failure: unknown;
}

async function drain<T extends object>(
  source: Pages<T>,
  isKept: (item: T) => boolean = () => true,
): Promise<Drained<T>> {
  const items: T[] = [];
  const gaps: Gap[] = [];
  try {
    for await (const page of source) {
      for (const item of page) {
        if (isGap(item)) gaps.push(item);
        else if (isKept(item)) items.push(item);
      }
    }
    return { items, gaps, failure: null };
  } catch (error) {
    // Only a failing source may end the reading; gapFrom lets anything else through.
    gapFrom(error, "");
    return { items, gaps, failure: error };
  }
}

async function collectMachines(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  clusters: readonly ObservedCluster[],
): Promise<(cluster: ObservedCluster) => Reading<readonly NodeMachine[]>> {
  const groups = new Map<string, NodeMachine[]>();
  for (const cluster of clusters) groups.set(nodeGroupScope(cluster) ?? "", []);
  const { items, gaps, failure } = await drain(fleet.machines(subscriptionIds), (machine) =>
    groups.has(groupScope(machine.subscriptionId, machine.resourceGroup)),
  );
  for (const machine of items)
    groups.get(groupScope(machine.subscriptionId, machine.resourceGroup))?.push(machine);

  return (cluster) => {
    const scope = nodeGroupScope(cluster);
    if (scope === null) return unavailable(unnamedGroup(cluster));
    const found = groups.get(scope) ?? [];
    if (failure !== null)
      return partial(found, gapFrom(failure, subscriptionScope(cluster.cluster.subscriptionId ?? "")));
    // A row that cannot be placed might belong to any group.
    const unread = gaps.find(
      (gap) =>
        !gap.scope.includes("/resourcegroups/") || `${gap.scope.toLowerCase()}/`.startsWith(`${scope}/`),
    );
    return unread ? partial(found, unread) : collected(found);
  };
}

type PlanReading = Reading<Facts["defenderPlan"]>;

async function collectPlans(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  clusters: readonly ObservedCluster[],
): Promise<(cluster: ObservedCluster) => PlanReading> {
  const { items, gaps, failure } = await drain(fleet.defenderPlans(subscriptionIds));
  const byScope = new Map(items.map((plan) => [plan.scope, plan]));
  const disputed = items.find((plan) => byScope.get(plan.scope)?.tier !== plan.tier);

  /** Null when Resource Graph shows no pricing at all. */
  function shownPlan({ cluster }: ObservedCluster): PlanReading | null {
    const scope = subscriptionScope(cluster.subscriptionId ?? "");
    // A lost row might be the cluster's own pricing, which would win: nothing is decided without it.
    if (failure !== null) return unavailable(gapFrom(failure, scope));
    const unread = gaps.find((gap) => gap.scope === "/" || gap.scope.toLowerCase().startsWith(scope));
    if (disputed && [scope, cluster.id.toLowerCase()].includes(disputed.scope))
      return unavailable(disputedPlan(disputed));
    if (unread) return unavailable(unread);
    const plan = byScope.get(cluster.id.toLowerCase()) ?? byScope.get(scope);
    return plan ? collected(planFacts(plan)) : null;
  }

  const ask = createAsk();
  const asked = new Map<string, PlanReading>();
  for (const one of clusters) {
    const scope = subscriptionScope(one.cluster.subscriptionId ?? "");
    if (!asked.has(scope) && shownPlan(one) === null) asked.set(scope, await askForPlan(fleet, ask, scope));
  }
  return (one) => {
    const scope = subscriptionScope(one.cluster.subscriptionId ?? "");
    return shownPlan(one) ?? asked.get(scope) ?? unavailable(missingPlan(scope));
  };
}

/** Resource Graph shows no pricing to those who may not see it, so its silence proves nothing: ARM decides. */
async function askForPlan(fleet: FleetSource, ask: Ask, scope: string): Promise<PlanReading> {
  const plan = await ask(scope, () => fleet.defenderPlan(scope));
  if (plan === null) return unavailable(missingPlan(scope));
  return isGap(plan) ? unavailable(plan) : collected(planFacts(plan));
}

/** A plan as controls see it. */
export function planFacts({ id, tier }: DefenderPlan): Facts["defenderPlan"] {
  return { pricingId: id, tier: { path: `${id}#properties.pricingTier`, observed: tier, value: tier } };
}

/** ARM knows of no pricing for the scope. */
export function missingPlan(scope: string): Gap {
  return {
    scope,
    reason: "notFound",
    detail: "The subscription has no Defender pricing named Containers.",
    remedy: "Register the resource provider Microsoft.Security in the subscription.",
  };
}

function disputedPlan({ scope }: DefenderPlan): Gap {
  return {
    scope,
    reason: "malformed",
    detail: "Resource Graph shows two Defender pricings named Containers here, and they differ.",
    remedy: `Look which holds: az security pricing show --name Containers (${scope}).`,
  };
}

/** A row that does not name its node resource group leaves the machines unfindable. */
export function unnamedGroup({ cluster }: ObservedCluster): Gap {
  return {
    scope: cluster.id,
    reason: "malformed",
    detail: "properties.nodeResourceGroup is not named, so the cluster's machines cannot be found.",
    remedy: null,
  };
}

export function isGap(item: object): item is Gap {
  return "reason" in item && "detail" in item;
}

function nodeGroupScope({ cluster, nodeResourceGroup }: ObservedCluster): string | null {
  return nodeResourceGroup === null || cluster.subscriptionId === null
    ? null
    : groupScope(cluster.subscriptionId, nodeResourceGroup);
}

function groupScope(subscriptionId: string, resourceGroup: string): string {
  return `${subscriptionScope(subscriptionId)}/resourcegroups/${resourceGroup.toLowerCase()}`;
}

function subscriptionScope(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId.toLowerCase()}`;
}
