import type { SweepRequest } from "../domain/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { runningSweep } from "./plan-sweep.ts";
import type { SweepStart } from "./sweep-engine.ts";

/** Claims the slot and the lock for a sweep, whoever starts it: a slot is swept once, and one sweep runs at a time. */
export async function beginSweep(
  deps: Pick<SweepDependencies, "history" | "clock" | "limits">,
  request: SweepRequest,
): Promise<SweepStart> {
  const earlier = await deps.history.sweep(request.id);
  if (earlier?.state === "finished") return { outcome: "done", id: request.id };

  const lock = await deps.history.lock(request.id, deps.clock.now(), deps.limits.lockStaleAfterInMs);
  if (lock.outcome !== "taken") return { outcome: "running", id: lock.holder };
  await deps.history.saveSweep(runningSweep(request, { done: 0, total: 0 }));
  return { outcome: "started", id: request.id };
}
