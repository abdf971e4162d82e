import type { ObservedCluster } from "../../application/ports.ts";
import { gapFrom, SourceError } from "../../application/source-error.ts";
import { collected, type Reading, unavailable } from "../../domain/reading.ts";
import { inParallel } from "../in-parallel.ts";

/** Requests at the same time: Resource Manager refills some 25 a second for each subscription and identity. */
const mostAtOnce = 8;

/** Refusals by a subscription that has shown nothing yet, after which it is not asked further. */
const mostRefusals = 3;

/**
 * Reads one thing of each cluster, some at a time. A subscription that only refuses is not asked for every cluster,
 * nor is anybody once the source has given up under load: those left share the reason, each as a gap of its own.
 */
export async function readEachCluster<T>(
  clusters: readonly ObservedCluster[],
  read: (cluster: ObservedCluster) => Promise<T>,
): Promise<ReadonlyMap<ObservedCluster, Reading<T>>> {
  const readings = new Map<ObservedCluster, Reading<T>>();
  const patience = createPatienceWithSubscriptions();

  async function readOne(one: ObservedCluster): Promise<Reading<T>> {
    const { id, subscriptionId } = one.cluster;
    const reason = patience.reasonNotToAsk(subscriptionId);
    if (reason) {
      const { detail, ...gap } = gapFrom(reason, id);
      return unavailable({ ...gap, detail: `Not asked, since the same was refused before: ${detail}` });
    }
    try {
      const value = await read(one);
      patience.noteShown(subscriptionId);
      return collected(value);
    } catch (error) {
      if (error instanceof SourceError) patience.noteRefused(subscriptionId, error);
      return unavailable(gapFrom(error, id));
    }
  }

  await inParallel(mostAtOnce, clusters, async (one) => {
    readings.set(one, await readOne(one));
  });
  return readings;
}

function createPatienceWithSubscriptions() {
  const hasShown = new Set<string | null>();
  const refusals = new Map<string | null, number>();
  const lastRefusal = new Map<string | null, SourceError>();
  let silence: SourceError | null = null;
  return {
    reasonNotToAsk(subscriptionId: string | null): SourceError | null {
      if (silence) return silence;
      const isClosed = !hasShown.has(subscriptionId) && (refusals.get(subscriptionId) ?? 0) >= mostRefusals;
      return isClosed ? (lastRefusal.get(subscriptionId) ?? null) : null;
    },
    noteShown(subscriptionId: string | null): void {
      hasShown.add(subscriptionId);
    },
    noteRefused(subscriptionId: string | null, error: SourceError): void {
      if (error.reason === "unavailable" || error.reason === "throttled") silence = error;
      if (error.reason !== "accessDenied") return;
      refusals.set(subscriptionId, (refusals.get(subscriptionId) ?? 0) + 1);
      lastRefusal.set(subscriptionId, error);
    },
  };
}
