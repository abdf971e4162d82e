import { gapsOf } from "../domain/control.ts";
import { type ClusterRecord, type Comparison, compare, continuedRecord, depart } from "../domain/drift.ts";
import type { ClusterSnapshot } from "../domain/facts.ts";
import { type Judgement, judge, unreadJudgement } from "../domain/finding.ts";
import type { Gap } from "../domain/gap.ts";
import { scoreOf } from "../domain/posture.ts";
import type { Profile } from "../domain/profile.ts";
import type { RecordBefore } from "./ports.ts";

/** What became of one cluster tonight, beside what was remembered of it. */
export interface AssessedCluster {
  /** Stored by an earlier try of this sweep: stored again whatever came of it. */
  readonly isRewritten: boolean;
  readonly before: ClusterRecord | null;
  readonly comparison: Comparison;
  /** Null for a cluster that could not be read and for one that departed. */
  readonly snapshot: ClusterSnapshot | null;
  readonly score: number | null;
}

export interface AssessmentInput {
  readonly profile: Profile;
  /** YYYY-MM-DD, the day of the sweep. */
  readonly date: string;
  readonly digest: (text: string) => string;
}

/** A cluster that was read: judged and set beside its record; other incarnations under its name have departed. */
export function assessSeen(
  input: AssessmentInput,
  snapshot: ClusterSnapshot,
  remembered: readonly RecordBefore[],
): readonly AssessedCluster[] {
  const records = remembered.map(({ record }) => record);
  const before = continuedRecord(records, snapshot.cluster);
  const isRewritten = remembered.some((one) => one.record === before && one.isRewritten);
  // A row without an incarnation goes on under the one it was remembered by.
  const cluster = {
    ...snapshot.cluster,
    resourceUid: snapshot.cluster.resourceUid ?? before?.cluster.resourceUid ?? null,
  };
  const judgements = judge(input.profile, snapshot);
  const score = scoreOf(judgements);
  const comparison = compare(before, {
    cluster,
    judgements,
    score,
    isSeen: true,
    date: input.date,
    digestEvidence: digestOf(input),
  });
  const others = remembered.filter(({ record }) => record !== before && record.presence !== "departed");
  return [
    { isRewritten, before, comparison, snapshot, score },
    ...others.map((other) => assessDeparted(input, other)),
  ];
}

/** A cluster that could not be read: every control is unknown, what was open is blinded. */
export function assessUnread(
  input: AssessmentInput,
  { record: before, isRewritten }: RecordBefore,
  gap: Gap,
): AssessedCluster {
  const judgements = input.profile.controls.map(({ control, severity }) =>
    unreadJudgement({ control: control.id, revision: control.revision ?? 1, severity }, gap.detail),
  );
  const comparison = compare(before, {
    cluster: before.cluster,
    judgements,
    score: null,
    isSeen: false,
    date: input.date,
    digestEvidence: digestOf(input),
  });
  return { isRewritten, before, comparison, snapshot: null, score: null };
}

/** A cluster that is gone by ARM's word, or by another incarnation standing in its place. */
export function assessDeparted(
  input: AssessmentInput,
  { record: before, isRewritten }: RecordBefore,
): AssessedCluster {
  return { isRewritten, before, comparison: depart(before, input.date), snapshot: null, score: null };
}

/** The gaps that kept the profile's controls from a full verdict. */
export function snapshotGaps(profile: Profile, snapshot: ClusterSnapshot): readonly Gap[] {
  return profile.controls
    .flatMap(({ control }) => gapsOf(control, snapshot))
    .filter(({ reason }) => reason !== "notInDocument");
}

/** Records by lower-case cluster id; several incarnations may share one. */
export function groupRecords(remembered: readonly RecordBefore[]): Map<string, RecordBefore[]> {
  const groups = new Map<string, RecordBefore[]>();
  for (const one of remembered) {
    const id = one.record.cluster.id.toLowerCase();
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return groups;
}

function digestOf({ digest }: AssessmentInput): (judgement: Judgement) => string {
  return ({ severity, verdict }) => digest(JSON.stringify([severity, verdict.evidence, verdict.reason]));
}
