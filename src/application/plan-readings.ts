import type { DefenderPricing } from "../domain/defender-facts.ts";
import type { Facts } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { collected, type Reading, unavailable } from "../domain/reading.ts";
import type { FurtherReadings } from "./fact-source.ts";
import type { DefenderPlan, PlanName } from "./ports.ts";

export type PlanReadings = Pick<FurtherReadings, "defenderPlan" | "defenderPricings">;

/** What was read of the Defender plans that bear on a cluster. */
export interface FoundPlans {
  /** The pricing named Containers that holds for the cluster. */
  readonly holding: Reading<DefenderPlan>;
  /** The cluster's own one, or null. */
  readonly own: DefenderPlan | null;
  /** Containers and CloudPosture of the subscription; null when nobody asked. */
  readonly ofSubscription: readonly Reading<DefenderPlan>[] | null;
}

/** The plans as controls see them. */
export function planReadings({ holding, own, ofSubscription }: FoundPlans): PlanReadings {
  return {
    defenderPlan: holding.state === "collected" ? collected(planFacts(holding.value)) : asUnread(holding),
    ...(ofSubscription && {
      defenderPricings: pricingsOf(holding, [...ofSubscription, ...(own ? [collected(own)] : [])], own),
    }),
  };
}

function planFacts({ id, tier }: DefenderPlan): Facts["defenderPlan"] {
  return { pricingId: id, tier: { path: `${id}#properties.pricingTier`, observed: tier, value: tier } };
}

/** One that is not read leaves all unread: it may be the one that scans, or the one that wins. */
function pricingsOf(
  holding: Reading<DefenderPlan>,
  plans: readonly Reading<DefenderPlan>[],
  own: DefenderPlan | null,
): Reading<Facts["defenderPricings"]> {
  if (holding.state !== "collected") return asUnread(holding);
  const pricings: DefenderPricing[] = [];
  for (const plan of plans) {
    if (plan.state !== "collected") return asUnread(plan);
    const { id, name, tier, extensions } = plan.value;
    if (extensions.state !== "collected") return asUnread(extensions);
    const isOwn = plan.value === own;
    pricings.push({ path: id, plan: name, isOwn, tier, extensions: extensions.value });
  }
  return collected(pricings);
}

function asUnread<T>(reading: Exclude<Reading<unknown>, { readonly state: "collected" }>): Reading<T> {
  return unavailable(reading.gap);
}

/** ARM knows of no pricing for the scope. */
export function missingPlan(scope: string, name: PlanName = "Containers"): Gap {
  return {
    scope,
    reason: "notFound",
    detail: `The subscription has no Defender pricing named ${name}.`,
    remedy: "Register the resource provider Microsoft.Security in the subscription.",
  };
}
