import { type ClusterRef, clusterKey } from "./cluster.ts";
import type { Finding, FindingStatus, Judgement } from "./finding.ts";
import type { Severity } from "./severity.ts";
import type { VerdictKind } from "./verdict.ts";

/** Resolved and departed findings are forgotten after this many days. */
const memoryInDays = 400;

/** A failure as it is remembered from sweep to sweep. */
export interface FindingRecord {
  readonly state: "open" | "resolved" | "blinded" | "departed";
  readonly severity: Severity;
  /** Dates are YYYY-MM-DD. */
  readonly since: string;
  readonly reopenedOn: string | null;
  /** When `state` was last entered. */
  readonly stateSince: string;
  /** Of the evidence last stored, so that changed evidence is stored again. */
  readonly evidenceDigest: string;
}

/** What is remembered of a cluster between sweeps. */
export interface ClusterRecord {
  readonly cluster: ClusterRef;
  /** `unseen`: could not be read by the sweep that wrote the record. */
  readonly presence: "present" | "unseen" | "departed";
  readonly score: number | null;
  /** Every control judged by the last sweep that tried, with its verdict and revision. */
  readonly judged: Readonly<Record<string, { readonly verdict: VerdictKind; readonly revision: number }>>;
  /** Every control that failed within memory. */
  readonly findings: Readonly<Record<string, FindingRecord>>;
}

/** A finding whose place in time changed in this sweep: what an alert tells. */
export interface Change {
  readonly status: Extract<FindingStatus, "new" | "reopened" | "resolved" | "blinded" | "departed">;
  readonly cluster: ClusterRef;
  readonly finding: Finding;
}

/** A cluster compared with the night before. */
export interface Comparison {
  readonly record: ClusterRecord;
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
}

export interface Tonight {
  readonly cluster: ClusterRef;
  readonly score: number | null;
  readonly judgements: readonly Judgement[];
  /** False when the cluster itself could not be read; its judgements are then all unknown. */
  readonly isSeen: boolean;
  /** The date of the sweep (YYYY-MM-DD). */
  readonly date: string;
  readonly digestEvidence: (judgement: Judgement) => string;
}

/** Sets tonight's judgements beside what was remembered; null stands for a cluster never seen before. */
export function compare(before: ClusterRecord | null, tonight: Tonight): Comparison {
  const findings = tonight.judgements.map((judgement) => placeInTime(before, judgement, tonight));
  return {
    record: {
      cluster: tonight.cluster,
      presence: tonight.isSeen ? "present" : "unseen",
      // A cluster that could not be read keeps its last score: the sweep's own figures say it was unread.
      score: tonight.isSeen ? tonight.score : (before?.score ?? null),
      judged: judgedRecord(before, tonight.judgements),
      findings: findingRecords(before, findings, tonight),
    },
    findings,
    changes: findings.flatMap((finding) => changeOf(before, finding, tonight) ?? []),
  };
}

/** What becomes of a cluster that ARM says is gone: its failures have departed with it. */
export function depart(before: ClusterRecord, date: string): Comparison {
  const ended = Object.entries(before.findings).filter(([, record]) => isUnsettled(record));
  const findings = ended.map(
    ([control, record]): Finding => ({
      control,
      revision: before.judged[control]?.revision ?? 1,
      severity: record.severity,
      verdict: { kind: "notApplicable", evidence: [], reason: "The cluster no longer exists." },
      status: "departed",
      since: record.since,
      reopenedOn: record.reopenedOn,
    }),
  );
  const departed = ended.map(
    ([control, record]) => [control, { ...record, state: "departed", stateSince: date }] as const,
  );
  return {
    record: {
      ...before,
      presence: "departed",
      findings: { ...before.findings, ...Object.fromEntries(departed) },
    },
    findings,
    changes: findings.map((finding) => ({ status: "departed", cluster: before.cluster, finding })),
  };
}

/** Picks the record that tonight's cluster continues: the same incarnation, or the only one there when either side names none. */
export function continuedRecord(
  records: readonly ClusterRecord[],
  cluster: ClusterRef,
): ClusterRecord | null {
  const sameName = records.filter((record) => record.cluster.id.toLowerCase() === cluster.id.toLowerCase());
  const living = sameName.filter(({ presence }) => presence !== "departed");
  const isExact = (record: ClusterRecord) => clusterKey(record.cluster) === clusterKey(cluster);
  const exact = living.find(isExact) ?? (living.length === 0 ? sameName.find(isExact) : undefined);
  if (exact) return exact;
  const [only, ...others] = living;
  if (
    only !== undefined &&
    others.length === 0 &&
    (cluster.resourceUid === null || only.cluster.resourceUid === null)
  ) {
    return only;
  }
  return sameName.find(isExact) ?? null;
}

function placeInTime(before: ClusterRecord | null, judgement: Judgement, { date }: Tonight): Finding {
  const prior = before?.findings[judgement.control];
  const place = (status: FindingStatus | null, since: string | null, reopenedOn: string | null): Finding => ({
    // Property by property, which is several times faster than spreading: this runs for every control of every cluster.
    control: judgement.control,
    revision: judgement.revision,
    severity: judgement.severity,
    verdict: judgement.verdict,
    status,
    since,
    reopenedOn,
  });
  switch (judgement.verdict.kind) {
    case "fail":
      if (!prior) return place(wasJudgedAlike(before, judgement) ? "new" : "open", date, null);
      if (isUnsettled(prior)) return place("open", prior.since, prior.reopenedOn);
      return place(wasJudgedAlike(before, judgement) ? "reopened" : "open", prior.since, date);
    case "pass":
    case "notApplicable":
      return prior && isUnsettled(prior)
        ? place("resolved", prior.since, prior.reopenedOn)
        : place(null, null, null);
    case "unknown":
      return prior && isUnsettled(prior)
        ? place("blinded", prior.since, prior.reopenedOn)
        : place(null, null, null);
    default:
      return judgement.verdict satisfies never;
  }
}

/** What was judged tonight as it stands now; what was not stays as it was, until it is forgotten. */
function findingRecords(
  before: ClusterRecord | null,
  findings: readonly Finding[],
  tonight: Tonight,
): ClusterRecord["findings"] {
  const records: Record<string, FindingRecord> = {};
  const judgedNow = new Set(findings.map(({ control }) => control));
  for (const [control, record] of Object.entries(before?.findings ?? {}))
    if (!judgedNow.has(control) && isRemembered(record, tonight.date)) records[control] = record;
  for (const finding of findings) {
    const record = remember(before?.findings[finding.control], finding, tonight);
    if (record !== null) records[finding.control] = record;
  }
  return records;
}

function remember(
  prior: FindingRecord | undefined,
  finding: Finding,
  tonight: Tonight,
): FindingRecord | null {
  const { date } = tonight;
  const enter = (state: FindingRecord["state"], evidenceDigest: string): FindingRecord => ({
    state,
    severity: finding.severity,
    since: prior?.since ?? date,
    reopenedOn: finding.reopenedOn,
    stateSince: prior?.state === state ? prior.stateSince : date,
    evidenceDigest,
  });
  if (finding.verdict.kind === "fail") return enter("open", tonight.digestEvidence(finding));
  if (!prior) return null;
  if (finding.status === "resolved") return enter("resolved", prior.evidenceDigest);
  if (finding.status === "blinded") return enter("blinded", prior.evidenceDigest);
  return isRemembered(prior, date) ? prior : null;
}

/** A change of the profile or of a control's meaning is no drift; nor is what was blinded already. */
function changeOf(before: ClusterRecord | null, finding: Finding, { cluster }: Tonight): Change | null {
  const prior = before?.findings[finding.control];
  switch (finding.status) {
    case "new":
    case "reopened":
      return { status: finding.status, cluster, finding };
    case "resolved":
      return wasJudgedAlike(before, finding) ? { status: "resolved", cluster, finding } : null;
    case "blinded":
      return prior?.state === "open" ? { status: "blinded", cluster, finding } : null;
    case "open":
    case "departed":
    case "waived":
    case null:
      return null;
    default:
      return finding.status satisfies never;
  }
}

/** True for a cluster never seen before, and for a control that last night's sweep judged by the same meaning. */
function wasJudgedAlike(before: ClusterRecord | null, { control, revision }: Judgement): boolean {
  return before === null || before.judged[control]?.revision === revision;
}

function isUnsettled({ state }: FindingRecord): boolean {
  return state === "open" || state === "blinded";
}

function isRemembered(record: FindingRecord, date: string): boolean {
  if (isUnsettled(record)) return true;
  return Date.parse(date) - Date.parse(record.stateSince) <= memoryInDays * 86_400_000;
}

/** What was not decided keeps the revision it was last judged by: a change of meaning met in the dark is no drift in the light. */
function judgedRecord(
  before: ClusterRecord | null,
  judgements: readonly Judgement[],
): ClusterRecord["judged"] {
  const judged: Record<string, ClusterRecord["judged"][string]> = {};
  for (const { control, revision, verdict } of judgements) {
    const last = verdict.kind === "unknown" ? before?.judged[control] : undefined;
    judged[control] = { verdict: verdict.kind, revision: last?.revision ?? revision };
  }
  return judged;
}
