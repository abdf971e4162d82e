import type { Gap } from "../domain/gap.ts";
import type { SweepPlan, SweepRequest } from "../domain/sweep.ts";
import { both } from "./both.ts";
import { cutBatches } from "./cut-batches.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { keepTenantRows } from "./keep-tenant-rows.ts";
import { mostSubscriptionsAtOnce } from "./ports.ts";
import { earlierSweeps, renewLock, runningSweep } from "./running-sweep.ts";
import { gapFrom, SourceError } from "./source-error.ts";

/** Cuts the fleet into batches. Subscriptions that are expected but not shown are named, not forgotten. */
export async function planSweep(deps: SweepDependencies, request: SweepRequest): Promise<SweepPlan> {
  await renewLock(deps, request.id);
  const stale = deps.staleness(request.asOf);
  if (stale !== null) deps.log.warn(stale, { sweepId: request.id });

  const [{ shown, unlisted, counts }, { earlier, unfinished, remembered }] = await both(
    lookAtFleet(deps, request),
    lookBack(deps, request),
  );
  const expected = expectedSubscriptions(request, remembered);
  const batches = cutBatches(
    worthReading(shown, counts, new Set(remembered)),
    counts,
    deps.limits.clustersPerBatch,
  );
  const plan: SweepPlan = {
    request,
    batches,
    unseen: expected.filter((id) => !shown.includes(id)),
    unlisted,
    isFirst: !earlier.some(({ state, tally }) => state === "finished" && tally.clusters > 0),
    unfinished,
    // Nobody asks for it where there is nothing to read.
    tenantPart: batches.length === 0 ? null : await keepTenantRows(deps, request),
  };
  await deps.history.saveSweep(runningSweep(request, { done: 0, total: batches.length }));
  deps.log.info("sweep planned", {
    sweepId: request.id,
    batches: batches.length,
    subscriptions: shown.length,
    unseen: plan.unseen.length,
  });
  return plan;
}

async function lookAtFleet(deps: SweepDependencies, request: SweepRequest) {
  const { shown, unlisted } = await shownSubscriptions(deps, request);
  return { shown, unlisted, counts: await countClusters(deps, shown) };
}

async function lookBack(deps: SweepDependencies, { id }: SweepRequest) {
  const earlier = await earlierSweeps(deps, id);
  const unfinished = earlier.filter(({ state }) => state !== "finished").map((sweep) => sweep.id);
  return { earlier, unfinished, remembered: await deps.history.rememberedSubscriptions([id, ...unfinished]) };
}

/** An unreadable list is no end of the sweep: everything expected then counts as unseen. */
async function shownSubscriptions(
  deps: SweepDependencies,
  { id, scope }: SweepRequest,
): Promise<{ readonly shown: readonly string[]; readonly unlisted: Gap | null }> {
  try {
    const subscriptions = await deps.fleet.subscriptions(scope);
    const ids = new Set(subscriptions.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
    return { shown: [...ids].sort(), unlisted: null };
  } catch (error) {
    const unlisted = gapFrom(error, "/");
    deps.log.warn("subscriptions could not be listed", { sweepId: id, reason: unlisted.reason });
    return { shown: [], unlisted };
  }
}

/** Configured subscriptions; without any, those that were there before. */
function expectedSubscriptions({ scope }: SweepRequest, remembered: readonly string[]): readonly string[] {
  const expected = scope.subscriptions.length > 0 ? scope.subscriptions : remembered;
  return [...new Set(expected.map((id) => id.toLowerCase()))].sort();
}

/** A subscription without clusters now or before has nothing to read; an uncounted one is read to be sure. */
function worthReading(
  shown: readonly string[],
  counts: ReadonlyMap<string, number> | null,
  remembered: ReadonlySet<string>,
): readonly string[] {
  return shown.filter((id) => counts === null || (counts.get(id) ?? 0) > 0 || remembered.has(id));
}

async function countClusters(
  deps: SweepDependencies,
  shown: readonly string[],
): Promise<ReadonlyMap<string, number> | null> {
  const counts = new Map<string, number>();
  try {
    for (let start = 0; start < shown.length; start += mostSubscriptionsAtOnce) {
      const some = await deps.fleet.clusterCounts(shown.slice(start, start + mostSubscriptionsAtOnce));
      for (const [id, count] of some) counts.set(id.toLowerCase(), count);
    }
    return counts;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    deps.log.warn("clusters could not be counted", { reason: error.reason, detail: error.message });
    return null;
  }
}
