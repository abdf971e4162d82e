import { collected, type Facts, type Reading, unavailable } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { type Ask, createAsk } from "./ask-until-silent.ts";
import { drainPages, isGap } from "./drain-pages.ts";
import type { DefenderPlan, FleetSource, ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

type PlanReading = Reading<Facts["defenderPlan"]>;

/** Reads the Defender plans of whole subscriptions; answers the one that holds for a cluster. */
export async function collectPlans(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  clusters: readonly ObservedCluster[],
): Promise<(cluster: ObservedCluster) => PlanReading> {
  const items: DefenderPlan[] = [];
  const { gaps, failure } = await drainPages(fleet.defenderPlans(subscriptionIds), (plan) =>
    items.push(plan),
  );
  const tiers = new Map(items.map(({ scope, tier }) => [scope, tier]));
  const disputed = new Map(
    items.filter(({ scope, tier }) => tiers.get(scope) !== tier).map((plan) => [plan.scope, plan]),
  );
  const shown = new Map(items.map((plan) => [plan.scope, collected(planFacts(plan))]));

  /** Null when Resource Graph shows no pricing at all. */
  function shownPlan(clusterId: string, scope: string): PlanReading | null {
    // A lost row might be the cluster's own pricing, which would win: nothing is decided without it.
    if (failure !== null) return unavailable(gapFrom(failure, scope));
    const dispute = disputed.get(clusterId) ?? disputed.get(scope);
    if (dispute) return unavailable(disputedPlan(dispute));
    const unread = gaps.find((gap) => mayBelongTo(scope, gap));
    if (unread) return unavailable(unread);
    return shown.get(clusterId) ?? shown.get(scope) ?? null;
  }

  const ask = createAsk();
  const asked = new Map<string, PlanReading>();
  for (const one of clusters) {
    const { clusterId, scope } = placeOf(one);
    if (!asked.has(scope) && shownPlan(clusterId, scope) === null)
      asked.set(scope, await askForPlan(fleet, ask, scope));
  }
  return (one) => {
    const { clusterId, scope } = placeOf(one);
    return shownPlan(clusterId, scope) ?? asked.get(scope) ?? unavailable(missingPlan(scope));
  };
}

function placeOf({ cluster }: ObservedCluster): { readonly clusterId: string; readonly scope: string } {
  return { clusterId: cluster.id.toLowerCase(), scope: `/subscriptions/${cluster.subscriptionId ?? ""}` };
}

/** A pricing whose subscription cannot be told might be anybody's. */
function mayBelongTo(subscription: string, { scope }: Gap): boolean {
  const place = scope.toLowerCase();
  return !/^\/subscriptions\/./.test(place) || `${place}/`.startsWith(`${subscription}/`);
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
