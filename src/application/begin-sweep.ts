import type { SweepRequest } from "../domain/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { runningSweep } from "./running-sweep.ts";
import type { SweepStart } from "./sweep-engine.ts";

type BeginDependencies = Pick<SweepDependencies, "history" | "clock" | "limits">;

/** Dead sweeps are closed by the next one, so none is far back. */
const mostRecent = 20;

/** Claims the slot and the lock for a sweep, whoever starts it: a slot is swept once, and one sweep runs at a time. */
export async function beginSweep(deps: BeginDependencies, request: SweepRequest): Promise<SweepStart> {
  const lock = await deps.history.lock(request.id, deps.clock.now(), deps.limits.lockStaleAfterInMs);
  if (lock.outcome !== "taken") return { outcome: "running", id: lock.holder };
  try {
    // Looked at under the lock: the slot may have been swept a moment ago.
    const earlier = await deps.history.sweep(request.id);
    if (earlier?.state === "finished") {
      await deps.history.unlock(request.id);
      return { outcome: "done", id: request.id };
    }
    await closeDeadSweeps(deps, request);
    await deps.history.saveSweep(runningSweep(request, { done: 0, total: 0 }));
    return { outcome: "started", id: request.id };
  } catch (error) {
    await deps.history.unlock(request.id);
    throw error;
  }
}

/** Whoever holds the lock runs alone: another sweep that is said to run has died without a word. */
async function closeDeadSweeps({ history, clock }: BeginDependencies, { id }: SweepRequest): Promise<void> {
  for (const sweep of await history.sweeps(mostRecent)) {
    if (sweep.state !== "running" || sweep.id === id) continue;
    await history.saveSweep({
      ...sweep,
      state: "failed",
      finishedAt: clock.now(),
      failure: "It ended without a word.",
    });
  }
}
