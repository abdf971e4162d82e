import { realTiming, type Timing } from "./pace.ts";

/**
 * Keeps reads of Resource Manager within what it allows an identity in one subscription: some 250 at once, refilled
 * with 25 a second (https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling).
 * A part is left to whoever else reads there under the same name.
 */
export interface ArmPace {
  /** Waits until one more read may be sent. */
  turn(subscriptionId: string): Promise<void>;
}

const ofReads: ArmAllowance = { mostAtOnce: 150, refilledPerSecond: 15 };

/** What one identity may ask of one subscription. */
export interface ArmAllowance {
  readonly mostAtOnce: number;
  readonly refilledPerSecond: number;
}

interface Bucket {
  left: number;
  filledAt: number;
}

export function createArmPace(
  { now, sleep }: Timing = realTiming,
  { mostAtOnce, refilledPerSecond }: ArmAllowance = ofReads,
): ArmPace {
  const buckets = new Map<string, Bucket>();
  return {
    async turn(subscriptionId) {
      const key = subscriptionId.toLowerCase();
      const bucket = buckets.get(key) ?? { left: mostAtOnce, filledAt: now() };
      buckets.set(key, bucket);
      const moment = now();
      bucket.left = Math.min(
        mostAtOnce,
        bucket.left + ((moment - bucket.filledAt) / 1000) * refilledPerSecond,
      );
      bucket.filledAt = moment;
      // Below zero stands the queue: each waits for its own share, in order.
      bucket.left -= 1;
      if (bucket.left < 0) await sleep((-bucket.left / refilledPerSecond) * 1000);
    },
  };
}
