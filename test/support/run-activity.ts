import type { SweepDependencies } from "../../src/application/dependencies.ts";
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
