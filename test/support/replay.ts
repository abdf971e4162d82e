import { isDeepStrictEqual } from "node:util";
import type { FunctionsHost } from "../../src/host/functions-host.ts";
import { type Action, carryOut, type Ending, type Operation } from "./durable-task.ts";

/** What an orchestrator function answers to a history. */
interface Decision {
  readonly isDone: boolean;
  readonly actions: readonly Action[];
  readonly output: unknown;
  readonly error: string | null;
}

export interface ReplayOptions {
  readonly host: Pick<FunctionsHost, "functions" | "invoke">;
  readonly orchestrator: string;
  readonly instanceId: string;
  readonly input: unknown;
  /** Runs an activity; input and answer pass as JSON. */
  readonly runActivity: (name: string, input: unknown) => Promise<unknown>;
  /** Which of the operations under way ends next; the oldest without it. */
  readonly pick?: (open: readonly Operation[]) => Operation | undefined;
  /** How many of them end between two decisions; one without it. */
  readonly endingsAtOnce?: number;
}

export interface Replay {
  readonly output: unknown;
  /** Why the orchestration failed, or null. */
  readonly error: string | null;
  /** Every call of an activity, in the order of their ends. */
  readonly calls: readonly Operation[];
  /** The most calls of each activity that were under way at the same time. */
  readonly mostAtOnce: ReadonlyMap<string, number>;
  readonly decisions: number;
}

type HistoryEvent = Readonly<Record<string, unknown>>;

/** Numbers of the events the extension keeps (HistoryEventType of durable-functions). */
const eventTypes = {
  executionStarted: 0,
  taskScheduled: 4,
  taskCompleted: 5,
  taskFailed: 6,
  timerCreated: 10,
  timerFired: 11,
  orchestratorStarted: 12,
  orchestratorCompleted: 13,
};
const mostDecisions = 1000;

/**
 * Drives an orchestrator of the app as the DurableTask extension does: asks for a decision on all that has happened,
 * starts what was decided, lets some of it end, and asks again from the beginning. Throws when a decision contradicts
 * an earlier one.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const history: HistoryEvent[] = [
    event(eventTypes.orchestratorStarted),
    event(eventTypes.executionStarted, { Name: options.orchestrator, Input: JSON.stringify(options.input) }),
  ];
  const endings: Ending[] = [];
  const calls: Operation[] = [];
  const mostAtOnce = new Map<string, number>();
  let earlier: Decision | null = null;
  let started: readonly Operation[] = [];

  for (let decisions = 1; decisions <= mostDecisions; decisions += 1) {
    const decision = await decide(options, history);
    if (earlier) requireSameStart(earlier.actions, decision.actions, "actions");
    earlier = decision;

    const carried = carryOut(decision.actions, endings);
    requireSameStart(started, carried.started, "operations");
    for (const operation of carried.started.slice(started.length)) history.push(startOf(operation));
    started = carried.started;
    history.push(event(eventTypes.orchestratorCompleted));
    if (carried.isThrough && (decision.isDone || decision.error !== null))
      return { output: decision.output, error: decision.error, calls, mostAtOnce, decisions };

    const open = started.filter(({ id }) => !endings.some((ending) => ending.id === id));
    noteMost(mostAtOnce, open);
    history.push(event(eventTypes.orchestratorStarted));
    for (const operation of pickSome(options, open)) {
      const ended = await endOf(options, operation);
      history.push(ended.event);
      endings.push({ id: operation.id, isFailed: ended.isFailed });
      if (operation.kind === "activity") calls.push(operation);
    }
  }
  throw new Error(`The orchestration did not end within ${mostDecisions} decisions.`);
}

async function decide({ host, orchestrator, instanceId, input }: ReplayOptions, history: HistoryEvent[]) {
  const registered = host.functions.find(({ name }) => name === orchestrator);
  // Schema version 3 (ReplaySchema.V4) is the newest that this library and the extension speak.
  const trigger = { history, input, instanceId, isReplaying: history.length > 2, upperSchemaVersion: 3 };
  const data = { string: JSON.stringify({ ...trigger, ...timerLimits }) };
  try {
    const returned = await host.invoke(orchestrator, [{ name: registered?.trigger.name ?? "", data }]);
    // What the library's toRpcTypedData makes of an object.
    return decisionOf((returned as { readonly json: string }).json);
  } catch (error) {
    // A failed orchestrator throws; its decision is in the message (OrchestrationFailureError).
    const [, json] = error instanceof Error ? error.message.split("$OutOfProcData$:") : [];
    if (json === undefined) throw error;
    return decisionOf(json);
  }
}

const timerLimits = {
  maximumShortTimerDuration: "6.00:00:00",
  longRunningTimerIntervalDuration: "3.00:00:00",
  defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
};

function decisionOf(json: string): Decision {
  // OrchestratorState of durable-functions; since its second schema all actions are in the first list.
  const state = JSON.parse(json) as {
    isDone: boolean;
    actions: readonly (readonly Action[])[];
    output?: unknown;
    error?: string;
  };
  const { isDone, actions, output = null, error = null } = state;
  return { isDone, actions: actions[0] ?? [], output, error };
}

function requireSameStart(before: readonly unknown[], after: readonly unknown[], what: string): void {
  if (!isDeepStrictEqual(before, after.slice(0, before.length)))
    throw new Error(
      `The orchestrator is not deterministic: its ${what} were ${JSON.stringify(before)} and are now ${JSON.stringify(after)}.`,
    );
}

function noteMost(most: Map<string, number>, open: readonly Operation[]): void {
  for (const { name } of open) {
    const count = open.filter((other) => other.name === name).length;
    most.set(name, Math.max(most.get(name) ?? 0, count));
  }
}

function pickSome({ pick, endingsAtOnce = 1 }: ReplayOptions, open: readonly Operation[]) {
  if (open.length === 0) throw new Error("The orchestration waits, and nothing is under way.");
  const left = [...open];
  const picked: Operation[] = [];
  while (left.length > 0 && picked.length < endingsAtOnce) {
    const wanted = pick?.(left);
    picked.push(...left.splice(wanted ? left.indexOf(wanted) : 0, 1));
  }
  return picked;
}

async function endOf(
  { runActivity }: ReplayOptions,
  { id, kind, name, input }: Operation,
): Promise<{ readonly event: HistoryEvent; readonly isFailed: boolean }> {
  if (kind === "timer") return { event: event(eventTypes.timerFired, { TimerId: id }), isFailed: false };
  try {
    const returned = (await runActivity(name, JSON.parse(JSON.stringify(input)))) ?? null;
    const Result = JSON.stringify(returned);
    return { event: event(eventTypes.taskCompleted, { TaskScheduledId: id, Result }), isFailed: false };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    // As TaskActivityShim words what a worker reports.
    const Reason = `Activity function '${name}' failed: Result: Failure\nException: ${message}\nStack: ${stack}`;
    const Details = "Unhandled exception while executing task";
    return { event: event(eventTypes.taskFailed, { TaskScheduledId: id, Reason, Details }), isFailed: true };
  }
}

function startOf({ id, kind, name }: Operation): HistoryEvent {
  return kind === "timer"
    ? event(eventTypes.timerCreated, { EventId: id })
    : event(eventTypes.taskScheduled, { EventId: id, Name: name });
}

function event(EventType: number, members: HistoryEvent = {}): HistoryEvent {
  return { EventType, EventId: -1, IsPlayed: false, Timestamp: "2026-11-21T01:00:00Z", ...members };
}
