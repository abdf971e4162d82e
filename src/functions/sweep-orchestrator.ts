import { type OrchestrationContext, RetryOptions, type Task } from "durable-functions";
import type { Batch, BatchOutcome, BatchSummary, Sweep, SweepPlan, SweepRequest } from "../domain/sweep.ts";
import { activityFailure } from "./activity-failure.ts";

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
  readonly unfinished: readonly string[];
  readonly tenantPart: string | null;
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

/** The order of a sweep and nothing else: plan, batches in waves, finish. Replayed, so without clock, chance or I/O. */
export function* orchestrateSweep(context: OrchestrationContext): Generator<Task, Sweep, unknown> {
  const { request, batchesAtOnce } = context.df.getInput<OrchestrationInput>();
  try {
    // Answers of activities are what sweep-activities.ts returns; replay hands them back untyped.
    const plan = (yield context.df.callActivityWithRetry(activities.plan, retries, request)) as SweepPlan;
    const outcomes = yield* runBatches(context, plan, batchesAtOnce);
    const input: FinishInput = { plan, outcomes };
    return (yield context.df.callActivityWithRetry(activities.finish, retries, input)) as Sweep;
  } catch (error) {
    const failure = activityFailure(error);
    yield context.df.callActivityWithRetry(activities.fail, retries, { request, failure });
    throw error;
  }
}

/**
 * Wave after wave, each awaited to its end. A window kept full by one Task.any after the other would be faster, but
 * the extension starts a task anew with every Task.any that names it, and then mistakes one answer for another
 * (https://github.com/Azure/azure-functions-durable-js/issues/574).
 */
function* runBatches(
  context: OrchestrationContext,
  plan: SweepPlan,
  batchesAtOnce: number,
): Generator<Task, readonly BatchOutcome[], unknown> {
  const { request, unfinished, tenantPart } = plan;
  const total = plan.batches.length;
  const outcomes: BatchOutcome[] = [];
  for (let start = 0; start < total; start += batchesAtOnce) {
    const progress = { done: outcomes.length, total };
    const wave = plan.batches.slice(start, start + batchesAtOnce).map((batch) => {
      const input: BatchInput = { request, batch, progress, unfinished, tenantPart };
      return { batch, task: context.df.callActivityWithRetry(activities.batch, retries, input) };
    });
    try {
      yield context.df.Task.all(wave.map(({ task }) => task));
    } catch {
      // Ends at the first failure of a wave; below, each of its tasks answers for itself.
    }
    for (const { batch, task } of wave) outcomes.push(yield* outcomeOf(batch, task));
  }
  return outcomes;
}

/** A batch that failed for good is an outcome, so that the others still count. */
function* outcomeOf({ index }: Batch, task: Task): Generator<Task, BatchOutcome, unknown> {
  try {
    // As above: what the activity returned.
    return (yield task) as BatchSummary;
  } catch (error) {
    // Goes on in the middle of a gap's sentence.
    return { batch: index, failure: activityFailure(error).replace(/\.$/, "") };
  }
}
