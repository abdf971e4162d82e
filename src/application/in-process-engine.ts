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
        // A failure is recorded in the history and the log; nobody waits for it here.
        carryOutSweep(deps, request).catch(() => undefined);
      }
      return start;
    },
  };
}
