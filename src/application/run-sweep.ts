import type { Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { type BatchOutcome, finishSweep } from "./finish-sweep.ts";
import { planSweep, runningSweep, SweepRunningError } from "./plan-sweep.ts";
import { sweepBatch } from "./sweep-batch.ts";

/** The three steps in order, in one process. Throws SweepRunningError when another sweep holds the lock. */
export async function runSweep(deps: SweepDependencies, request: SweepRequest): Promise<Sweep> {
  try {
    const plan = await planSweep(deps, request);
    return await finishSweep(deps, plan, await runBatches(deps, plan));
  } catch (error) {
    if (!(error instanceof SweepRunningError)) await recordFailure(deps, request, error);
    throw error;
  }
}

/** Marks a sweep as failed and frees the lock, so that the next one can repair. */
export async function recordFailure(deps: SweepDependencies, request: SweepRequest, error: unknown): Promise<void> {
  const failure = error instanceof Error ? error.message : String(error);
  deps.log.error("sweep failed", { sweepId: request.id, failure });
  try {
    const sweep = runningSweep(request, { done: 0, total: 0 });
    await deps.history.saveSweep({ ...sweep, state: "failed", finishedAt: deps.clock.now(), failure });
    await deps.history.unlock(request.id);
  } catch (second) {
    // Most likely the same storage that made the sweep fail; the first failure is the one to tell.
    deps.log.error("failed sweep could not be recorded", { sweepId: request.id, failure: second instanceof Error ? second.message : String(second) });
  }
}

async function runBatches(deps: SweepDependencies, plan: SweepPlan): Promise<readonly BatchOutcome[]> {
  const total = plan.batches.length;
  const outcomes: BatchOutcome[] = [];
  const waiting = [...plan.batches];
  deps.onProgress?.({ done: 0, total });

  const worker = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      outcomes.push(await sweepBatch(deps, plan.request, batch));
      await noteProgress(deps, plan.request, { done: outcomes.length, total });
    }
  };
  await Promise.all(Array.from({ length: deps.limits.batchesAtOnce }, worker));
  return outcomes;
}

/** Lets those who look at a running sweep see how far it is. */
export async function noteProgress(deps: SweepDependencies, request: SweepRequest, progress: Sweep["progress"]): Promise<void> {
  deps.onProgress?.(progress);
  await deps.history.saveSweep(runningSweep(request, progress));
}
