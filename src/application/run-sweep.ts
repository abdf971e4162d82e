import type { BatchOutcome, Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";
import { beginSweep } from "./begin-sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { finishSweep } from "./finish-sweep.ts";
import { planSweep } from "./plan-sweep.ts";
import { LockLostError, renewLock, runningSweep, SweepRunningError } from "./running-sweep.ts";
import { sweepBatch } from "./sweep-batch.ts";
import { openTenantPart } from "./tenant-part.ts";
import { createTurnstile } from "./turnstile.ts";

/** A whole sweep in one process. Throws SweepRunningError when another sweep holds the lock or the slot was swept already. */
export async function runSweep(deps: SweepDependencies, request: SweepRequest): Promise<Sweep> {
  const start = await beginSweep(deps, request);
  if (start.outcome !== "started") throw new SweepRunningError(start.id);
  return carryOutSweep(deps, request);
}

/** The three steps in order, for a sweep that has begun. */
export async function carryOutSweep(deps: SweepDependencies, request: SweepRequest): Promise<Sweep> {
  try {
    const plan = await planSweep(deps, request);
    return await finishSweep(deps, plan, await runBatches(deps, plan));
  } catch (error) {
    // Whoever took over has the word on this sweep.
    const isTakenOver = error instanceof SweepRunningError || error instanceof LockLostError;
    if (!isTakenOver) await recordFailure(deps, request, error);
    throw error;
  }
}

/** Marks a sweep as failed and frees the lock, so that the next one can repair. */
export async function recordFailure(
  deps: SweepDependencies,
  request: SweepRequest,
  error: unknown,
): Promise<void> {
  const failure = error instanceof Error ? error.message : String(error);
  deps.log.error("sweep failed", { sweepId: request.id, failure });
  try {
    // What failed after that was telling people, or giving the lock back.
    const isFinished = (await deps.history.sweep(request.id))?.state === "finished";
    if (isFinished) return await deps.history.unlock(request.id);
    const sweep = runningSweep(request, { done: 0, total: 0 });
    await deps.history.saveSweep({ ...sweep, state: "failed", finishedAt: deps.clock.now(), failure });
    await deps.history.unlock(request.id);
  } catch (second) {
    // Most likely the same storage that made the sweep fail; the first failure is the one to tell.
    deps.log.error("failed sweep could not be recorded", {
      sweepId: request.id,
      failure: second instanceof Error ? second.message : String(second),
    });
  }
}

/** Batches may take less than a second, and nobody looks more often. */
const progressIntervalInMs = 1_000;

/** Says yes at first, and then whenever so much time has passed since it last did. */
function createInterval({ clock }: Pick<SweepDependencies, "clock">, intervalInMs: number): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = Date.parse(clock.now());
    // A clock that is set back must not silence it until it has caught up.
    if (Math.abs(now - last) < intervalInMs) return false;
    last = now;
    return true;
  };
}

/**
 * A window of batches collects at a time, and one more is judged and stored meanwhile: what collecting waits for is
 * Azure. The first failure ends the sweep, but only once every batch under way has ended.
 */
async function runBatches(deps: SweepDependencies, plan: SweepPlan): Promise<readonly BatchOutcome[]> {
  const total = plan.batches.length;
  const outcomes: BatchOutcome[] = [];
  const failures: unknown[] = [];
  const waiting = [...plan.batches];
  const inTurn = createTurnstile(deps.limits.batchesAtOnce);
  // One copy for all batches, however many run at a time.
  const tenant = await openTenantPart(deps, plan.request.id, plan.tenantPart);
  const isDue = createInterval(deps, progressIntervalInMs);
  deps.onProgress?.({ done: 0, total });

  const worker = async () => {
    for (let batch = waiting.shift(); batch !== undefined && failures.length === 0; batch = waiting.shift()) {
      try {
        outcomes.push(await sweepBatch(deps, plan.request, batch, { ...plan, tenant, inTurn }));
        const progress = { done: outcomes.length, total };
        deps.onProgress?.(progress);
        if (isDue()) await noteProgress(deps, plan.request, progress);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: deps.limits.batchesAtOnce + 1 }, worker));
  if (failures.length > 0) throw failures[0];
  return outcomes;
}

/** Lets those who look at a running sweep see how far it is, and keeps its lock. */
export async function noteProgress(
  deps: SweepDependencies,
  request: SweepRequest,
  progress: Sweep["progress"],
): Promise<void> {
  await renewLock(deps, request.id);
  await deps.history.saveSweep(runningSweep(request, progress));
}
