import type { DurableClient } from "durable-functions";
import { beginSweep } from "../application/begin-sweep.ts";
import { recordFailure } from "../application/run-sweep.ts";
import type { SweepEngine } from "../application/sweep-engine.ts";
import type { App } from "./context.ts";
import type { OrchestrationInput } from "./sweep-orchestrator.ts";

export const orchestratorName = "sweep";

/** Sweeps as orchestrations: one a slot, its instance id the slot. */
export function createDurableEngine(
  { sweep }: Pick<App, "sweep">,
  client: Pick<DurableClient, "startNew">,
): SweepEngine {
  return {
    async start(request) {
      const start = await beginSweep(sweep, request);
      if (start.outcome !== "started") return start;
      const input: OrchestrationInput = { request, batchesAtOnce: sweep.limits.batchesAtOnce };
      try {
        await client.startNew(orchestratorName, { instanceId: request.id, input });
      } catch (error) {
        // Frees the slot and the lock for the next try; should the orchestration have begun all the same, it ends by this.
        await recordFailure(sweep, request, error);
        throw error;
      }
      return start;
    },
  };
}
