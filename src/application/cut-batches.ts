import type { Batch } from "../domain/sweep.ts";
import { mostSubscriptionsAtOnce } from "./ports.ts";

/**
 * Cuts subscriptions, in the order given, into batches of about so many clusters. A subscription is never divided,
 * so one with more clusters than that is a batch of its own. Without counts only the number of subscriptions is a limit.
 */
export function cutBatches(
  subscriptionIds: readonly string[],
  counts: ReadonlyMap<string, number> | null,
  clustersPerBatch: number,
): readonly Batch[] {
  const batches: { subscriptions: string[]; clusters: number }[] = [];
  for (const id of subscriptionIds) {
    const clusters = counts?.get(id) ?? 0;
    const last = batches.at(-1);
    const isRoom =
      last !== undefined &&
      last.subscriptions.length < mostSubscriptionsAtOnce &&
      last.clusters + clusters <= clustersPerBatch;
    if (isRoom) {
      last.subscriptions.push(id);
      last.clusters += clusters;
    } else {
      batches.push({ subscriptions: [id], clusters });
    }
  }
  return batches.map((batch, index) => ({ index, ...batch }));
}
