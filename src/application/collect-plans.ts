import type { FactGroup } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { collected, type Reading, unavailable } from "../domain/reading.ts";
import { createAsk } from "./ask-until-silent.ts";
import { type Drained, drainPages, isGap } from "./drain-pages.ts";
import { missingPlan, type PlanReadings, planReadings } from "./plan-readings.ts";
import type { DefenderPlan, FleetSource, ObservedCluster, PlanName } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

type PlanReading = Reading<DefenderPlan>;

/** Reads the Defender plans of whole subscriptions; answers those that bear on a cluster. */
export async function collectPlans(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  clusters: readonly ObservedCluster[],
  groups: ReadonlySet<FactGroup>,
): Promise<(cluster: ObservedCluster) => PlanReadings> {
  const items: DefenderPlan[] = [];
  const drained = await drainPages(fleet.defenderPlans(subscriptionIds), (plan) => items.push(plan));
  const shown = layOutPlans(items, drained);

  const ask = createAsk();
  const asked = new Map<string, PlanReading>();
  /** Resource Graph shows no pricing to those who may not see it, so its silence proves nothing: ARM decides. */
  async function askFor(name: PlanName, scope: string): Promise<void> {
    const key = keyOf(name, scope);
    if (asked.has(key)) return;
    const plan = await ask(scope, () => fleet.defenderPlan(scope, name));
    if (plan === null) asked.set(key, unavailable(missingPlan(scope, name)));
    else asked.set(key, isGap(plan) ? unavailable(plan) : collected(plan));
  }
  const settled = (name: PlanName, scope: string): PlanReading =>
    shown(name, scope, scope) ?? asked.get(keyOf(name, scope)) ?? unavailable(missingPlan(scope, name));

  const wantsPricings = groups.has("defenderPricings");
  for (const one of clusters) {
    const { clusterId, scope } = placeOf(one);
    if (shown("Containers", wantsPricings ? scope : clusterId, scope) === null)
      await askFor("Containers", scope);
    if (wantsPricings && shown("CloudPosture", scope, scope) === null) await askFor("CloudPosture", scope);
  }
  return (one) => {
    const { clusterId, scope } = placeOf(one);
    const holding = shown("Containers", clusterId, scope) ?? settled("Containers", scope);
    const isOwn = holding.state === "collected" && holding.value.scope !== scope;
    return planReadings({
      holding,
      own: isOwn ? holding.value : null,
      ofSubscription: wantsPricings ? [settled("Containers", scope), settled("CloudPosture", scope)] : null,
    });
  };
}

/** What Resource Graph shows of a plan for a cluster, whose own pricing wins over its subscription's; null when it shows none. */
function layOutPlans(items: readonly DefenderPlan[], { gaps, failure }: Drained) {
  const plans = new Map(items.map((plan) => [keyOf(plan.name, plan.scope), plan]));
  const disputed = new Map(
    items
      .filter(({ name, scope, tier }) => plans.get(keyOf(name, scope))?.tier !== tier)
      .map((plan) => [keyOf(plan.name, plan.scope), plan]),
  );
  return (name: PlanName, clusterId: string, scope: string): PlanReading | null => {
    // A lost row might be the cluster's own pricing, which would win: nothing is decided without it.
    if (failure !== null) return unavailable(gapFrom(failure, scope));
    const [own, inherited] = [keyOf(name, clusterId), keyOf(name, scope)];
    const dispute = disputed.get(own) ?? disputed.get(inherited);
    if (dispute) return unavailable(disputedPlan(dispute));
    const unread = gaps.find((gap) => mayBelongTo(name, scope, gap));
    if (unread) return unavailable(unread);
    const plan = plans.get(own) ?? plans.get(inherited);
    return plan === undefined ? null : collected(plan);
  };
}

function keyOf(name: PlanName, scope: string): string {
  return `${name} ${scope}`;
}

function placeOf({ cluster }: ObservedCluster): { readonly clusterId: string; readonly scope: string } {
  return { clusterId: cluster.id.toLowerCase(), scope: `/subscriptions/${cluster.subscriptionId ?? ""}` };
}

/** A pricing whose subscription cannot be told might be anybody's, and one whose plan cannot be told of either plan. */
function mayBelongTo(name: PlanName, subscription: string, { scope }: Gap): boolean {
  const place = scope.toLowerCase();
  if (name === "Containers" && place.endsWith("/pricings/cloudposture")) return false;
  return !/^\/subscriptions\/./.test(place) || `${place}/`.startsWith(`${subscription}/`);
}

function disputedPlan({ name, scope }: DefenderPlan): Gap {
  return {
    scope,
    reason: "malformed",
    detail: `Resource Graph shows two Defender pricings named ${name} here, and they differ.`,
    remedy: `Look which holds: az security pricing show --name ${name} (${scope}).`,
  };
}
