import { beginSweep } from "./begin-sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { carryOutSweep } from "./run-sweep.ts";
import type { SweepEngine } from "./sweep-engine.ts";

/** Sweeps in this very process: `start` answers once the sweep has begun, the sweep goes on by itself. */
export function createInProcessEngine(deps: SweepDependencies): SweepEngine {
  return {
    async start(request) {
      const start = await beginSweep(deps, request);
      if (start.outcome === "started") {
        // Nobody waits for it here: a failure is recorded in the history, and the log says so in any case.
        carryOutSweep(deps, request).catch((error: unknown) => {
          const failure = error instanceof Error ? error.message : String(error);
          deps.log.error("sweep ended early", { sweepId: request.id, failure });
        });
      }
      return start;
    },
  };
}
