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
}

/** Subscriptions of whose Defender plan Resource Graph has a row. Azure China has no such plan any more. */
const plansInGraph: readonly Plan[] = [
  { subscription: subscriptions.payments, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.checkout, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.search, nightOne: "Free", nightTwo: "Standard" },
  { subscription: subscriptions.data, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.platform, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.edge, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.ml, nightOne: "Free", nightTwo: "Free" },
  { subscription: subscriptions.marketing, nightOne: "Standard", nightTwo: "Standard" },
  { subscription: subscriptions.sandbox, nightOne: "Free", nightTwo: null },
  { subscription: subscriptions.loyalty, nightOne: "Standard", nightTwo: "Standard" },
];

/** Plans of subscriptions, the pricings of two clusters that win for them, and old plans that decide nothing. */
export function pricingRowsAsOf(night: "nightOne" | "nightTwo"): readonly RawObject[] {
  return [
    ...plansInGraph.flatMap((plan) => {
      const tier = plan[night];
      return tier === null ? [] : [pricingRow(scopeOf(plan.subscription), tier)];
    }),
    pricingRow(clusterIdOf(checkoutLoad), "Free"),
    pricingRow(clusterIdOf(mlTraining), "Standard"),
    deprecatedPricingRow(scopeOf(subscriptions.legacy), "Standard"),
    deprecatedPricingRow(scopeOf(subscriptions.payments), "Free"),
  ];
}

/** Plans that only ARM knows, by lower-case id. */
export function pricingsOnlyInArm(): Readonly<Record<string, RawObject>> {
  const retail = pricingObject(scopeOf(subscriptions.retail), "Standard");
  const legacy = pricingObject(scopeOf(subscriptions.legacy), "Free");
  return Object.fromEntries([retail, legacy].map((plan) => [String(plan.id).toLowerCase(), plan]));
}

function scopeOf({ subscriptionId }: EstateSubscription): string {
  return `/subscriptions/${subscriptionId}`;
}
