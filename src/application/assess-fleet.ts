import { type ClusterRef, clusterKey } from "../domain/cluster.ts";
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
  readonly before: ClusterRecord | null;
  /** What an earlier try of this sweep, or a sweep that never finished, stored: replaced whatever came of it now. */
  readonly rewritten: ClusterRecord | null;
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
  const before = continuedRecord(
    remembered.flatMap(({ record }) => record ?? []),
    snapshot.cluster,
  );
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
  const own = remembered.find((one) =>
    before === null ? isSameCluster(one.rewritten, cluster) : one.record === before,
  );
  const others = remembered.filter((one) => one !== own && wasLiving(one));
  return [
    { before, rewritten: own?.rewritten ?? null, comparison, snapshot, score },
    ...others.map((other) => assessDeparted(input, other)),
  ];
}

/** A cluster that could not be read: every control is unknown, what was open is blinded. */
export function assessUnread(input: AssessmentInput, remembered: RecordBefore, gap: Gap): AssessedCluster {
  const { record: before, rewritten } = remembered;
  const judgements = input.profile.controls.map(({ control, severity }) =>
    unreadJudgement({ control: control.id, revision: control.revision ?? 1, severity }, gap.detail),
  );
  const comparison = compare(before, {
    cluster: standing(remembered).cluster,
    judgements,
    score: null,
    isSeen: false,
    date: input.date,
    digestEvidence: digestOf(input),
  });
  return { before, rewritten, comparison, snapshot: null, score: null };
}

/** A cluster that is gone by ARM's word, or by another incarnation standing in its place. */
export function assessDeparted({ date }: AssessmentInput, remembered: RecordBefore): AssessedCluster {
  const { record: before, rewritten } = remembered;
  // Of a cluster that came and went between two finished sweeps nobody was told: it leaves without a word.
  const leaving = before ?? { ...standing(remembered), findings: {} };
  return { before, rewritten, comparison: depart(leaving, date), snapshot: null, score: null };
}

/** What stands in the history now. */
export function standing({ record, rewritten }: RecordBefore): ClusterRecord {
  const stands = rewritten ?? record;
  if (stands === null) throw new Error("A remembered cluster has no record at all.");
  return stands;
}

/** Had not departed before; of a cluster seen since, that it has not by now. */
export function wasLiving({ record, rewritten }: RecordBefore): boolean {
  return (record ?? rewritten)?.presence !== "departed";
}

function isSameCluster(record: ClusterRecord | null, cluster: ClusterRef): boolean {
  return record !== null && clusterKey(record.cluster) === clusterKey(cluster);
}

/** The gaps that kept the profile's controls from a full verdict. What a document cannot hold is none. */
export function snapshotGaps(profile: Profile, snapshot: ClusterSnapshot): readonly Gap[] {
  const isGap = ({ reason }: Gap) => reason !== "notInDocument";
  // Of most clusters everything was read, and controls need not be asked.
  if (!Object.values(snapshot.readings).some((one) => one.state !== "collected" && isGap(one.gap))) return [];
  return profile.controls.flatMap(({ control }) => gapsOf(control, snapshot)).filter(isGap);
}

/** Records by lower-case cluster id; several incarnations may share one. */
export function groupRecords(remembered: readonly RecordBefore[]): Map<string, RecordBefore[]> {
  const groups = new Map<string, RecordBefore[]>();
  for (const one of remembered) {
    const id = standing(one).cluster.id.toLowerCase();
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return groups;
}

function digestOf({ digest }: AssessmentInput): (judgement: Judgement) => string {
  return ({ severity, verdict }) => digest(JSON.stringify([severity, verdict.evidence, verdict.reason]));
}
