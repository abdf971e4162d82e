import { fleetScore } from "../domain/posture.ts";
import { isComplete, type Sweep } from "../domain/sweep.ts";

/** A sweep as the HTTP API shows it: progress while it runs, figures once it is done. */
export function presentSweep(sweep: Sweep) {
  const { tally } = sweep;
  return {
    id: sweep.id,
    state: sweep.state,
    startedAt: sweep.startedAt,
    finishedAt: sweep.finishedAt,
    asOf: sweep.asOf,
    profile: sweep.profile,
    scope: sweep.scope,
    complete: isComplete(sweep),
    progress: sweep.progress,
    summary:
      sweep.state === "finished"
        ? {
            clusters: tally.clusters,
            score: fleetScore(tally),
            findings: {
              fail: tally.fail,
              pass: tally.pass,
              unknown: tally.unknown,
              notApplicable: tally.notApplicable,
            },
            changes: sweep.changes,
          }
        : null,
    gaps: sweep.gaps,
    failure: sweep.failure,
  };
}
