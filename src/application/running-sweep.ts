import { emptyTally } from "../domain/posture.ts";
import { noChanges, type Sweep, type SweepRequest } from "../domain/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Thrown when another sweep runs: one that was to begin does not, one that was running is over. */
export class SweepRunningError extends Error {
  /** The sweep that runs. */
  readonly holder: string;

  constructor(holder: string) {
    super(`Sweep ${holder} is still running; only one sweep runs at a time.`);
    this.name = "SweepRunningError";
    this.holder = holder;
  }
}

/** Thrown when nobody holds the lock that a sweep took. */
export class LockLostError extends Error {
  constructor(sweepId: string) {
    super(`Sweep ${sweepId} has lost its lock: it stood still for too long, or somebody else has ended it.`);
    this.name = "LockLostError";
  }
}

/**
 * Shows that the sweep is alive.
 * @throws SweepRunningError when the lock is another sweep's by now
 * @throws LockLostError when it went stale or is free
 */
export async function renewLock(
  { history, clock, limits }: Pick<SweepDependencies, "history" | "clock" | "limits">,
  sweepId: string,
): Promise<void> {
  const holder = await history.renew(sweepId, clock.now(), limits.lockStaleAfterInMs);
  if (holder === null) throw new LockLostError(sweepId);
  if (holder !== sweepId) throw new SweepRunningError(holder);
}

/** How far back sweeps are looked at; more than half a year of nights. */
const mostEarlier = 200;

/** The sweeps before this one, newest first. */
export async function earlierSweeps(
  { history }: Pick<SweepDependencies, "history">,
  sweepId: string,
): Promise<readonly Sweep[]> {
  const recent = await history.sweeps(mostEarlier);
  return recent.filter(({ id }) => id !== sweepId);
}

/** A sweep as the index shows it while it runs. */
export function runningSweep(request: SweepRequest, progress: Sweep["progress"]): Sweep {
  return {
    ...request,
    finishedAt: null,
    state: "running",
    progress,
    tally: emptyTally,
    changes: noChanges,
    gaps: [],
    failure: null,
  };
}
