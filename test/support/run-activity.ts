import { beginSweep } from "../../src/application/begin-sweep.ts";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import type { BatchOutcome, BatchSummary, SweepPlan, SweepRequest } from "../../src/domain/sweep.ts";
import { createSweepActivities } from "../../src/functions/sweep-activities.ts";
import type { ReplayOptions } from "./replay.ts";

export type RunActivity = ReplayOptions["runActivity"];

/** The app's activities over these dependencies, by the names the orchestrator calls them. */
export function createRunActivity(deps: SweepDependencies): RunActivity {
  const steps = createSweepActivities(async () => ({ sweep: deps }));
  const byName: Readonly<Record<string, (input: never) => Promise<unknown>>> = {
    planSweep: steps.plan,
    sweepBatch: steps.batch,
    finishSweep: steps.finish,
    failSweep: steps.fail,
  };
  return async (name, input) => {
    const run = byName[name];
    if (!run) throw new Error(`There is no activity ${name}.`);
    // The orchestrator sends each activity the input it takes; that is what its tests are about.
    return run(input as never);
  };
}

/** The first step of a sweep, for which nothing else may run. */
export async function beginAndPlan(deps: SweepDependencies, request: SweepRequest): Promise<SweepPlan> {
  const { outcome } = await beginSweep(deps, request);
  if (outcome !== "started") throw new Error(`The sweep is ${outcome}.`);
  // What sweep-activities.ts returns, here and below.
  return (await createRunActivity(deps)("planSweep", request)) as SweepPlan;
}

/** The batches of a plan one after the other, as an orchestration with a window of one runs them. */
export async function sweepBatches(run: RunActivity, plan: SweepPlan): Promise<readonly BatchOutcome[]> {
  const { request, batches, unfinished, tenantPart } = plan;
  const outcomes: BatchOutcome[] = [];
  for (const batch of batches) {
    const progress = { done: outcomes.length, total: batches.length };
    const input = { request, batch, progress, unfinished, tenantPart };
    outcomes.push((await run("sweepBatch", input)) as BatchSummary);
  }
  return outcomes;
}
