import type { Gap } from "./gap.ts";
import type { Tally } from "./posture.ts";

/** What to sweep; both lists empty means everything the identity may read. */
export interface SweepScope {
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
}

/** What starts a sweep. Whatever starts it, the slot makes it the same sweep. */
export interface SweepRequest {
  /** The sweep's id: its slot in time, such as `2026-11-21T01-00-00Z`. */
  readonly id: string;
  readonly startedAt: string;
  /** The date (YYYY-MM-DD) controls judge at. */
  readonly asOf: string;
  readonly profile: string;
  readonly scope: SweepScope;
}

/** Whole subscriptions that are read, judged and stored together. */
export interface Batch {
  readonly index: number;
  readonly subscriptions: readonly string[];
  /** Clusters the plan counted there. */
  readonly clusters: number;
}

export interface SweepPlan {
  readonly request: SweepRequest;
  readonly batches: readonly Batch[];
  /** Expected subscriptions that Resource Graph did not show. */
  readonly unseen: readonly string[];
  /** Why the subscriptions could not be listed at all; then being unseen proves nothing. Null when they could. */
  readonly unlisted: Gap | null;
  /** True when no finished sweep saw clusters before: the first night tells the baseline. */
  readonly isFirst: boolean;
  /** Earlier sweeps that never finished: nobody was told of what they stored, where no finished sweep has been since. */
  readonly unfinished: readonly string[];
  /** The part of the sweep in which rows of the tenant are kept for the batches; null when there are none. */
  readonly tenantPart: string | null;
}

export type ChangeCounts = Readonly<Record<"new" | "reopened" | "resolved" | "blinded" | "departed", number>>;

export const noChanges: ChangeCounts = { new: 0, reopened: 0, resolved: 0, blinded: 0, departed: 0 };

/** All that leaves a batch: counts, gaps and the names of what it stored. */
export interface BatchSummary {
  readonly batch: number;
  readonly tally: Tally;
  readonly changes: ChangeCounts;
  readonly gaps: readonly Gap[];
  readonly evidence: ArchivedPart;
  /** Where the batch's changes are kept; null when nothing changed. */
  readonly drift: ArchivedPart | null;
}

/** What a batch came to: its summary, or why it never ended. */
export type BatchOutcome = BatchSummary | { readonly batch: number; readonly failure: string };

/** One stored part of a sweep. */
export interface ArchivedPart {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the stored bytes, hexadecimal. */
  readonly sha256: string;
}

/** A sweep as the index keeps it. */
export interface Sweep {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly asOf: string;
  readonly profile: string;
  readonly scope: SweepScope;
  readonly state: "running" | "finished" | "failed";
  readonly progress: { readonly done: number; readonly total: number };
  readonly tally: Tally;
  readonly changes: ChangeCounts;
  readonly gaps: readonly Gap[];
  /** Why a failed sweep failed. */
  readonly failure: string | null;
}

/** The table of contents of a sweep's evidence; written last, so that what it names is there. */
export interface Manifest {
  readonly schema: "midwatch/manifest/1";
  readonly sweep: Sweep;
  readonly parts: readonly ArchivedPart[];
}

/** Two sweeps of the same subscriptions and groups can be set side by side. */
export function isSameScope(a: SweepScope, b: SweepScope): boolean {
  const textOf = (scope: SweepScope) =>
    [scope.subscriptions, scope.managementGroups].map((ids) => [...ids].sort());
  return JSON.stringify(textOf(a)) === JSON.stringify(textOf(b));
}

/** Nothing was left unread. */
export function isComplete(sweep: Pick<Sweep, "state" | "gaps">): boolean {
  return sweep.state === "finished" && sweep.gaps.length === 0;
}

export function addChanges(a: ChangeCounts, b: ChangeCounts): ChangeCounts {
  return {
    new: a.new + b.new,
    reopened: a.reopened + b.reopened,
    resolved: a.resolved + b.resolved,
    blinded: a.blinded + b.blinded,
    departed: a.departed + b.departed,
  };
}

/** The id of the sweep of a moment (ISO 8601): `2026-11-21T01:00:00.000Z` is `2026-11-21T01-00-00Z`. */
export function sweepIdAt(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
}
