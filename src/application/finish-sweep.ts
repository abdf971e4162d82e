import { composeAlert } from "../domain/alert.ts";
import { distinctGaps } from "../domain/gap.ts";
import { addTallies, emptyTally } from "../domain/posture.ts";
import {
  addChanges,
  type BatchOutcome,
  isSameScope,
  noChanges,
  type Sweep,
  type SweepPlan,
} from "../domain/sweep.ts";
import { deliverAlerts } from "./deliver-alerts.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { earlierSweeps, renewLock } from "./running-sweep.ts";
import { settleUnread } from "./settle-unread.ts";
import { SourceError } from "./source-error.ts";
import type { Stored } from "./store-assessed.ts";
import { tellableChanges } from "./tellable-changes.ts";

/** Adds the batches up, settles the subscriptions nobody read, closes the sweep and hands over to alerting. */
export async function finishSweep(
  deps: SweepDependencies,
  plan: SweepPlan,
  outcomes: readonly BatchOutcome[],
): Promise<Sweep> {
  // In the plan's order, whatever order they ended in: the same night leaves the same manifest.
  const summaries = outcomes
    .filter((outcome) => "tally" in outcome)
    .sort((one, other) => one.batch - other.batch);
  const unread = await settleUnread(deps, plan, outcomes);
  const parts: readonly Stored[] = [...summaries, ...unread.stored];

  const sweep: Sweep = {
    ...plan.request,
    finishedAt: deps.clock.now(),
    state: "finished",
    progress: { done: summaries.length, total: plan.batches.length },
    tally: parts.map(({ tally }) => tally).reduce(addTallies, emptyTally),
    changes: parts.map(({ changes }) => changes).reduce(addChanges, noChanges),
    gaps: distinctGaps([...summaries.flatMap(({ gaps }) => gaps), ...unread.gaps]),
    failure: null,
  };
  await renewLock(deps, sweep.id);
  await deps.archive.writeManifest({
    schema: "midwatch/manifest/1",
    sweep,
    parts: parts.flatMap(({ evidence, drift }) => (drift ? [evidence, drift] : [evidence])),
  });

  // Kept before the sweep counts as finished, and sent only once it does: a crash in between loses nothing.
  const alert = composeAlert({
    sweep,
    isFirst: plan.isFirst,
    previous: await previousSweep(deps, sweep),
    ...(await tellableChanges(deps, sweep.id, parts)),
  });
  if (alert) await deps.outbox.put(alert);
  await renewLock(deps, sweep.id);
  await deps.history.saveSweep(sweep);
  // Delivered under the lock, so that no other sweep sends the same card.
  await deliverAlerts(deps);
  await freeLock(deps, sweep.id);
  deps.log.info("sweep finished", {
    sweepId: sweep.id,
    clusters: sweep.tally.clusters,
    gaps: sweep.gaps.length,
    alert: alert !== null,
  });
  return sweep;
}

/** The last finished sweep of the same scope, with every gap it had: of many the index keeps only some, the manifest all. */
async function previousSweep(deps: SweepDependencies, { id, scope }: Sweep): Promise<Sweep | null> {
  const earlier = await earlierSweeps(deps, id);
  const previous = earlier.find((one) => one.state === "finished" && isSameScope(one.scope, scope));
  if (previous === undefined) return null;
  if (previous.gaps.length === 0) return previous;
  try {
    const manifest = await deps.archive.readManifest(previous.id);
    return { ...previous, gaps: manifest?.sweep.gaps ?? previous.gaps };
  } catch (error) {
    // A damaged manifest stays damaged: some gaps are then told again, which is better than nothing ever told.
    if (!(error instanceof SourceError) || error.reason !== "malformed") throw error;
    deps.log.warn("gaps of an earlier sweep could not be read", {
      sweepId: previous.id,
      detail: error.message,
    });
    return previous;
  }
}

/** A finished sweep stays finished: a lock that cannot be given back goes stale by itself. */
async function freeLock({ history, log }: SweepDependencies, sweepId: string): Promise<void> {
  try {
    await history.unlock(sweepId);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    log.error("lock could not be given back", { sweepId, reason: error.reason, detail: error.message });
  }
}
