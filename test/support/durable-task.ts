/** An action of an orchestrator, as `durable-functions` sends it to the DurableTask extension. */
export interface Action {
  readonly actionType: number;
  readonly functionName?: string;
  readonly input?: unknown;
  readonly retryOptions?: { readonly maxNumberOfAttempts: number };
  readonly compoundActions?: readonly Action[];
}

/** Something the extension has started: a call of an activity or a timer. */
export interface Operation {
  readonly id: number;
  readonly kind: "activity" | "timer";
  readonly name: string;
  readonly input: unknown;
}

/** How an operation ended. */
export interface Ending {
  readonly id: number;
  readonly isFailed: boolean;
}

type Done = (isFailed: boolean) => void;

const actionTypes = { callActivity: 0, callActivityWithRetry: 1, whenAny: 11, whenAll: 12 };

/**
 * What the DurableTask extension makes of an orchestrator's actions, given how its operations have ended so far: it
 * carries the actions out one after the other and numbers all that is started in the order it is started
 * (OutOfProcOrchestrationShim of Azure/azure-functions-durable-extension, RetryInterceptor of Azure/durabletask).
 */
export function carryOut(
  actions: readonly Action[],
  endings: readonly Ending[],
): { readonly started: readonly Operation[]; readonly isThrough: boolean } {
  const started: Operation[] = [];
  const waiting = new Map<number, Done>();
  let isThrough = false;

  function begin(operation: Omit<Operation, "id">, done: Done): void {
    const id = started.length;
    started.push({ id, ...operation });
    waiting.set(id, done);
  }
  function call({ functionName = "", input }: Action, done: Done): void {
    begin({ kind: "activity", name: functionName, input }, done);
  }
  function callWithRetry(action: Action, attempt: number, done: Done): void {
    const most = action.retryOptions?.maxNumberOfAttempts ?? 1;
    call(action, (isFailed) => {
      if (!isFailed) done(false);
      // A timer follows the last attempt as well.
      else
        begin({ kind: "timer", name: "retry", input: null }, () => {
          if (attempt < most) callWithRetry(action, attempt + 1, done);
          else done(true);
        });
    });
  }
  function perform(action: Action, done: Done): void {
    const parts = action.compoundActions ?? [];
    switch (action.actionType) {
      case actionTypes.callActivity:
        call(action, done);
        return;
      case actionTypes.callActivityWithRetry:
        callWithRetry(action, 1, done);
        return;
      case actionTypes.whenAll: {
        let left = parts.length;
        for (const part of parts)
          perform(part, () => {
            left -= 1;
            if (left === 0) done(false);
          });
        return;
      }
      case actionTypes.whenAny: {
        let isFirst = true;
        const end = () => {
          if (isFirst) done(false);
          isFirst = false;
        };
        for (const part of parts) perform(part, end);
        return;
      }
      default:
        throw new Error(`The driver knows no action of type ${action.actionType}.`);
    }
  }
  function next(index: number): void {
    const action = actions[index];
    if (action === undefined) isThrough = true;
    // A failure is the orchestrator's to judge: the extension goes on with the next action.
    else perform(action, () => next(index + 1));
  }

  next(0);
  for (const { id, isFailed } of endings) waiting.get(id)?.(isFailed);
  return { started, isThrough };
}
