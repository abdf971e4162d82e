import type { PricingTier } from "../pricing-rows.ts";
import type { EstateSubscription } from "../world.ts";
import { createDice } from "./dice.ts";
import type { EstateShape, ReadingTrouble } from "./estate-shape.ts";
import type { LaidOutSubscription } from "./subscription-layout.ts";

/** A subscription as it stands on a night. */
export interface Standing {
  readonly home: LaidOutSubscription;
  readonly subscription: EstateSubscription;
  readonly tier: PricingTier;
  readonly troubles: ReadonlySet<ReadingTrouble>;
}

const troublesOfSubscriptions = [
  "subscriptionRefused",
  "securityRefused",
  "computeRefused",
  "planOnlyInArm",
] as const satisfies readonly ReadingTrouble[];

/** What a generated subscription is like on a night. */
export function standingOf(shape: EstateShape, home: LaidOutSubscription, night: number): Standing {
  const dice = createDice(shape.seed, `subscription ${home.index}`);
  const troubles = new Set<ReadingTrouble>(
    troublesOfSubscriptions.filter((one) => dice.happens(`${one} on night ${night}`, shape.troubles[one])),
  );
  const refusedProviders = [
    ...(troubles.has("securityRefused") ? ["microsoft.security"] : []),
    ...(troubles.has("computeRefused") ? ["microsoft.compute"] : []),
  ];
  const { subscriptionId, displayName } = home;
  return {
    home,
    subscription: {
      subscriptionId,
      displayName,
      managementGroups: home.managementGroups,
      access: troubles.has("subscriptionRefused") ? "refused" : "granted",
      ...(refusedProviders.length > 0 && { refusedProviders }),
    },
    tier: dice.happens("planOff", shape.faults.planOff) ? "Free" : "Standard",
    troubles,
  };
}
