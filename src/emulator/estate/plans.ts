import { clusterIdOf } from "./cluster-rows.ts";
import { checkoutLoad } from "./clusters/checkout.ts";
import { mlTraining } from "./clusters/ml.ts";
import type { PricingTier } from "./pricing-rows.ts";
import { deprecatedPricingRow, pricingObject, pricingRow } from "./pricing-rows.ts";
import { subscriptions } from "./tenant.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

interface Plan {
  readonly subscription: EstateSubscription;
  readonly nightOne: PricingTier;
  /** Null: the subscription is gone. */
  readonly nightTwo: PricingTier | null;
  /** Extensions of Containers that are off. Default: none of those that scan. */
  readonly off?: readonly string[];
  /** The plan for posture, which scans as well. Default `Free`. */
  readonly posture?: PricingTier;
}

const registries = "ContainerRegistriesVulnerabilityAssessments";

/** Subscriptions of whose Defender plan Resource Graph has a row. Azure China has no such plan any more. */
const plansInGraph: readonly Plan[] = [
  { subscription: subscriptions.payments, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.checkout, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.search, nightOne: "Free", nightTwo: "Standard" },
  { subscription: subscriptions.data, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.platform, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.edge, nightOne: "Standard", nightTwo: "Standard", off: [registries] },
  { subscription: subscriptions.ml, nightOne: "Free", nightTwo: "Free" },
  {
    subscription: subscriptions.marketing,
    nightOne: "Standard",
    nightTwo: "Standard",
    off: [registries],
    posture: "Standard",
  },
  { subscription: subscriptions.sandbox, nightOne: "Free", nightTwo: null },
  { subscription: subscriptions.loyalty, nightOne: "Standard", nightTwo: "Standard" },
];

/** Plans of subscriptions, the pricings of two clusters that win for them, and old plans that decide nothing. */
export function pricingRowsAsOf(night: "nightOne" | "nightTwo"): readonly RawObject[] {
  return [
    ...plansInGraph.flatMap((plan) => {
      const tier = plan[night];
      if (tier === null) return [];
      const { subscription, off = [], posture = "Free" } = plan;
      return [
        pricingRow(scopeOf(subscription), tier, { off }),
        pricingRow(scopeOf(subscription), posture, { plan: "CloudPosture" }),
      ];
    }),
    pricingRow(clusterIdOf(checkoutLoad), "Free"),
    pricingRow(clusterIdOf(mlTraining), "Standard"),
    deprecatedPricingRow(scopeOf(subscriptions.legacy), "Standard"),
    deprecatedPricingRow(scopeOf(subscriptions.payments), "Free"),
  ];
}

/** Plans that only ARM knows, by lower-case id. */
export function pricingsOnlyInArm(): Readonly<Record<string, RawObject>> {
  const [retail, legacy] = [scopeOf(subscriptions.retail), scopeOf(subscriptions.legacy)];
  const plans = [
    pricingObject(retail, "Standard"),
    pricingObject(retail, "Free", { plan: "CloudPosture" }),
    pricingObject(legacy, "Free"),
    pricingObject(legacy, "Free", { plan: "CloudPosture" }),
  ];
  return Object.fromEntries(plans.map((plan) => [String(plan.id).toLowerCase(), plan]));
}

function scopeOf({ subscriptionId }: EstateSubscription): string {
  return `/subscriptions/${subscriptionId}`;
}
