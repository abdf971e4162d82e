import { deliverAlerts } from "../application/deliver-alerts.ts";
import type { SweepDependencies } from "../application/dependencies.ts";
import { finishSweep } from "../application/finish-sweep.ts";
import { planSweep } from "../application/plan-sweep.ts";
import { noteProgress, recordFailure } from "../application/run-sweep.ts";
import { sweepBatch } from "../application/sweep-batch.ts";
import { createPartCache } from "../application/tenant-part.ts";
import type { BatchSummary, Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";
import type { Connect } from "./context.ts";
import type { BatchInput, FinishInput } from "./sweep-orchestrator.ts";

/** The steps of a sweep as activities: each may run again, even after the sweep has ended, and then changes nothing. */
export interface SweepActivities {
  plan(request: SweepRequest): Promise<SweepPlan>;
  batch(input: BatchInput): Promise<BatchSummary>;
  finish(input: FinishInput): Promise<Sweep>;
  fail(input: { readonly request: SweepRequest; readonly failure: string }): Promise<void>;
}

export function createSweepActivities(connect: Connect<"sweep">): SweepActivities {
  const tenantParts = createPartCache();
  return {
    async plan(request) {
      const { sweep } = await connect();
      await requireRunning(sweep, request);
      return planSweep(sweep, request);
    },
    async batch({ request, batch, progress, unfinished, tenantPart }) {
      const { sweep } = await connect();
      await requireRunning(sweep, request);
      await noteProgress(sweep, request, progress);
      return sweepBatch(sweep, request, batch, {
        unfinished,
        tenant: await tenantParts.open(sweep, request.id, tenantPart),
      });
    },
    async finish({ plan, outcomes }) {
      tenantParts.clear();
      const { sweep } = await connect();
      const earlier = await sweep.history.sweep(plan.request.id);
      if (earlier?.state !== "finished") {
        await requireRunning(sweep, plan.request);
        return finishSweep(sweep, plan, outcomes);
      }
      // An earlier try closed the sweep; what may be left are its alert and the lock, under which alone alerts are sent.
      const { history, clock, limits } = sweep;
      const lock = await history.lock(earlier.id, clock.now(), limits.lockStaleAfterInMs);
      if (lock.outcome === "refused") return earlier;
      await deliverAlerts(sweep);
      await history.unlock(earlier.id);
      return earlier;
    },
    async fail({ request, failure }) {
      const { sweep } = await connect();
      const earlier = await sweep.history.sweep(request.id);
      if (earlier?.state === "finished") return;
      await recordFailure(sweep, request, new Error(failure));
    },
  };
}

/** A late message of a sweep that has ended must not take the lock again, nor show the sweep as running. */
async function requireRunning({ history }: SweepDependencies, { id }: SweepRequest): Promise<void> {
  const sweep = await history.sweep(id);
  if (sweep?.state !== "running") throw new Error(`Sweep ${id} is not running any more.`);
}
