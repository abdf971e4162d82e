import type { Change } from "./drift.ts";
import { type Gap, standingGapKey } from "./gap.ts";
import { fleetScore } from "./posture.ts";
import { type Severity, severities } from "./severity.ts";
import { type ChangeCounts, isComplete, type Sweep } from "./sweep.ts";

/** The most changes an alert carries; the rest is a number and a link. */
const mostEntries = 40;
const mostGaps = 10;
/** The first night names only the worst. */
const baselineEntries = 5;

/** One change in the words of whoever has to act on it. */
export interface AlertEntry {
  readonly status: Change["status"];
  readonly severity: Severity;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly control: string;
  readonly title: string;
  /** What was seen and what was expected, one sentence each, at most three. */
  readonly seen: readonly string[];
  readonly since: string | null;
  readonly commands: readonly string[];
}

/** What one sweep has to tell: stored before it is sent, marked after. */
export interface Alert {
  readonly sweepId: string;
  readonly kind: "baseline" | "drift";
  readonly startedAt: string;
  readonly profile: string;
  readonly isComplete: boolean;
  readonly clusters: number;
  readonly score: number | null;
  readonly fail: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly changes: ChangeCounts;
  /** Worst first. */
  readonly entries: readonly AlertEntry[];
  /** Gaps that the sweep before did not have, at most ten of them. */
  readonly gaps: readonly Gap[];
  /** All of those. */
  readonly freshGapCount: number;
  /** All gaps of the sweep, also those not listed. */
  readonly gapCount: number;
}

/** Keeps the worst entries of a stream of any length. */
export interface WorstEntries {
  add(entry: AlertEntry): void;
  list(): readonly AlertEntry[];
}

export function createWorstEntries(most = mostEntries): WorstEntries {
  let kept: AlertEntry[] = [];
  const trim = () => {
    kept = kept.sort(compareEntries).slice(0, most);
  };
  return {
    add(entry) {
      kept.push(entry);
      if (kept.length >= most * 4) trim();
    },
    list() {
      trim();
      return [...kept];
    },
  };
}

export interface AlertInput {
  readonly sweep: Sweep;
  /** No sweep saw clusters before. */
  readonly isFirst: boolean;
  /** The last finished sweep of the same scope before, or null. */
  readonly previous: Sweep | null;
  /** The changes at or above the alert threshold. */
  readonly told: ChangeCounts;
  /** The worst of those, worst first. */
  readonly worst: readonly AlertEntry[];
}

/** The alert of a finished sweep, or null when nothing changed: then nothing is sent. */
export function composeAlert({ sweep, isFirst, previous, told, worst }: AlertInput): Alert | null {
  const known = new Set(previous?.gaps.map(standingGapKey) ?? []);
  const freshGaps = sweep.gaps.filter((gap) => !known.has(standingGapKey(gap)));
  // A scope that shows no clusters night after night is told of once.
  const isBaseline = isFirst && (previous === null || sweep.tally.clusters > 0);
  if (!isBaseline && worst.length === 0 && freshGaps.length === 0) return null;

  return {
    sweepId: sweep.id,
    kind: isBaseline ? "baseline" : "drift",
    startedAt: sweep.startedAt,
    profile: sweep.profile,
    isComplete: isComplete(sweep),
    clusters: sweep.tally.clusters,
    score: fleetScore(sweep.tally),
    fail: sweep.tally.fail,
    unknown: sweep.tally.unknown,
    changes: told,
    entries: worst.slice(0, isBaseline ? baselineEntries : mostEntries),
    gaps: freshGaps.slice(0, mostGaps),
    freshGapCount: freshGaps.length,
    gapCount: sweep.gaps.length,
  };
}

const statusOrder: readonly Change["status"][] = ["new", "reopened", "blinded", "resolved", "departed"];

/** Failures before good news, worst severity first, then by name so that two runs give the same card. */
function compareEntries(a: AlertEntry, b: AlertEntry): number {
  return (
    Number(isGoodNews(a)) - Number(isGoodNews(b)) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    a.clusterName.localeCompare(b.clusterName, "en") ||
    a.control.localeCompare(b.control, "en")
  );
}

function isGoodNews({ status }: AlertEntry): boolean {
  return status === "resolved" || status === "departed";
}
