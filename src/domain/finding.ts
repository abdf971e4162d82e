import type { ClusterRef } from "./cluster.ts";
import { assess } from "./control.ts";
import type { ClusterSnapshot } from "./facts.ts";
import type { Profile } from "./profile.ts";
import { lesserOf, type Severity } from "./severity.ts";
import { type Evidence, unknown, type Verdict } from "./verdict.ts";

/**
 * Where a failure stands in time. `blinded`: was open and could not be read this time.
 * `departed`: its cluster is gone by ARM's own word. `waived` waits for waivers.
 */
export type FindingStatus = "new" | "open" | "resolved" | "reopened" | "waived" | "blinded" | "departed";

/** A control's verdict on a cluster. */
export interface Judgement {
  readonly control: string;
  readonly revision: number;
  readonly severity: Severity;
  readonly verdict: Verdict;
}

/** A judgement with its place in time; without history `status` and `since` are null. */
export interface Finding extends Judgement {
  readonly status: FindingStatus | null;
  /** The date (YYYY-MM-DD) the failure was first seen. */
  readonly since: string | null;
  /** The date a resolved failure came back, or null. */
  readonly reopenedOn: string | null;
}

/** One cluster with everything found on it. */
export interface ClusterFindings {
  readonly cluster: ClusterRef;
  readonly score: number | null;
  readonly findings: readonly Finding[];
}

/** Judges a cluster by every control of a profile, in the profile's order. */
export function judge(profile: Profile, snapshot: ClusterSnapshot): readonly Judgement[] {
  const judged = new Map<string, Verdict>();
  return profile.controls.map(({ control, severity }) => {
    const verdict = assess(control, snapshot, judged);
    judged.set(control.id, verdict);
    return {
      control: control.id,
      revision: control.revision ?? 1,
      severity: verdict.kind === "fail" && verdict.severity ? lesserOf(severity, verdict.severity) : severity,
      verdict: noteStopped(verdict, snapshot),
    };
  });
}

/** Judgements as findings of a run that remembers nothing. */
export function withoutHistory(judgements: readonly Judgement[]): readonly Finding[] {
  // Property by property, which is several times faster than spreading: this runs for every control of every cluster.
  return judgements.map(({ control, revision, severity, verdict }) => ({
    control,
    revision,
    severity,
    verdict,
    status: null,
    since: null,
    reopenedOn: null,
  }));
}

/** A stopped cluster is judged all the same; whoever reads the finding is told. */
function noteStopped(verdict: Verdict, snapshot: ClusterSnapshot): Verdict {
  const power = snapshot.readings.power;
  const isStopped = power?.state === "collected" && power.value.isStopped;
  // An unknown verdict judged nothing, and quotes its gap word for word.
  if (!isStopped || verdict.kind === "unknown") return verdict;
  const note = "The cluster is stopped; judged by its configuration.";
  return { ...verdict, reason: verdict.reason === null ? note : `${verdict.reason} ${note}` };
}

/** A judgement that nothing could be read for. */
export function unreadJudgement(
  judgement: Omit<Judgement, "verdict">,
  reason: string,
  evidence: readonly Evidence[] = [],
): Judgement {
  return { ...judgement, verdict: unknown(reason, ...evidence) };
}
