import { type OrchestrationContext, RetryOptions, type Task } from "durable-functions";
import type { Batch, BatchOutcome, BatchSummary, Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";

/** What starts an orchestration. */
export interface OrchestrationInput {
  readonly request: SweepRequest;
  /** How many batches run at the same time. */
  readonly batchesAtOnce: number;
}

export interface BatchInput {
  readonly request: SweepRequest;
  readonly batch: Batch;
  readonly progress: Sweep["progress"];
}

export interface FinishInput {
  readonly plan: SweepPlan;
  readonly outcomes: readonly BatchOutcome[];
}

/** Names of the activities, as the platform knows them. */
export const activities = {
  plan: "planSweep",
  batch: "sweepBatch",
  finish: "finishSweep",
  fail: "failSweep",
} as const;

/** A step is tried three times, half a minute apart: sources have had their own retries before it fails. */
const retries = new RetryOptions(30_000, 3);

/** The order of a sweep and nothing else: plan, batches in a window, finish. Replayed, so without clock, chance or I/O. */
export function* orchestrateSweep(context: OrchestrationContext): Generator<Task, Sweep, unknown> {
  const { request, batchesAtOnce } = context.df.getInput<OrchestrationInput>();
  try {
    // Answers of activities are what sweep-activities.ts returns; replay hands them back untyped.
    const plan = (yield context.df.callActivityWithRetry(activities.plan, retries, request)) as SweepPlan;
    const outcomes = yield* runBatches(context, plan, batchesAtOnce);
    const input: FinishInput = { plan, outcomes };
    return (yield context.df.callActivityWithRetry(activities.finish, retries, input)) as Sweep;
  } catch (error) {
    yield context.df.callActivity(activities.fail, {
      request,
      failure: error instanceof Error ? error.message : String(error),
    });
    throw error;
  }
}

/** Keeps the window full. A batch that failed for good is an outcome, so that the others still count. */
function* runBatches(
  context: OrchestrationContext,
  plan: SweepPlan,
  batchesAtOnce: number,
): Generator<Task, readonly BatchOutcome[], unknown> {
  const total = plan.batches.length;
  const waiting = [...plan.batches];
  const running = new Map<Task, Batch>();
  const outcomes: BatchOutcome[] = [];
  while (waiting.length > 0 || running.size > 0) {
    while (running.size < batchesAtOnce) {
      const batch = waiting.shift();
      if (batch === undefined) break;
      const input: BatchInput = { request: plan.request, batch, progress: { done: outcomes.length, total } };
      running.set(context.df.callActivityWithRetry(activities.batch, retries, input), batch);
    }
    // Task.any yields the task itself, whether it completed or failed.
    const ended = (yield context.df.Task.any([...running.keys()])) as Task;
    const batch = running.get(ended);
    running.delete(ended);
    outcomes.push(
      ended.isFaulted
        ? { batch: batch?.index ?? -1, failure: String(ended.result) }
        : (ended.result as BatchSummary),
    );
  }
  return outcomes;
}
