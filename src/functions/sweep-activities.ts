import { finishSweep } from "../application/finish-sweep.ts";
import { planSweep } from "../application/plan-sweep.ts";
import { noteProgress, recordFailure } from "../application/run-sweep.ts";
import { sweepBatch } from "../application/sweep-batch.ts";
import type { BatchSummary, Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";
import type { Connect } from "./context.ts";
import type { BatchInput, FinishInput } from "./sweep-orchestrator.ts";

/** The steps of a sweep as activities: each may run again after a crash and then changes nothing. */
export interface SweepActivities {
  plan(request: SweepRequest): Promise<SweepPlan>;
  batch(input: BatchInput): Promise<BatchSummary>;
  finish(input: FinishInput): Promise<Sweep>;
  fail(input: { readonly request: SweepRequest; readonly failure: string }): Promise<void>;
}

export function createSweepActivities(connect: Connect): SweepActivities {
  return {
    async plan(request) {
      return planSweep((await connect()).sweep, request);
    },
    async batch({ request, batch, progress }) {
      const { sweep } = await connect();
      await noteProgress(sweep, request, progress);
      return sweepBatch(sweep, request, batch);
    },
    async finish({ plan, outcomes }) {
      return finishSweep((await connect()).sweep, plan, outcomes);
    },
    async fail({ request, failure }) {
      await recordFailure((await connect()).sweep, request, new Error(failure));
    },
  };
}
