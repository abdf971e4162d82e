import type { Judgement } from "./finding.ts";
import type { Severity } from "./severity.ts";

const weights: Readonly<Record<Severity, number>> = { critical: 10, high: 5, medium: 2, low: 1 };

/** Counts over any number of clusters; adding two is exact, so batches can be added up in any order. */
export interface Tally {
  readonly clusters: number;
  /** Clusters with a score, and the sum of their scores in tenths. */
  readonly scored: number;
  readonly scoreTenths: number;
  readonly fail: Readonly<Record<Severity, number>>;
  readonly pass: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

export const emptyTally: Tally = {
  clusters: 0,
  scored: 0,
  scoreTenths: 0,
  fail: { critical: 0, high: 0, medium: 0, low: 0 },
  pass: 0,
  unknown: 0,
  notApplicable: 0,
};

/** Passed weight of all decided and undecided weight, 0 to 100 with one decimal; null when nothing was decided. */
export function scoreOf(judgements: readonly Judgement[]): number | null {
  let passed = 0;
  let asked = 0;
  let isDecided = false;
  for (const { severity, verdict } of judgements) {
    if (verdict.kind === "notApplicable") continue;
    asked += weights[severity];
    if (verdict.kind === "pass") passed += weights[severity];
    if (verdict.kind !== "unknown") isDecided = true;
  }
  return isDecided ? Math.round((passed / asked) * 1000) / 10 : null;
}

/** The tally of one cluster. */
export function tallyOf(score: number | null, judgements: readonly Judgement[]): Tally {
  const fail = { ...emptyTally.fail };
  const counts = { pass: 0, unknown: 0, notApplicable: 0 };
  for (const { severity, verdict } of judgements) {
    if (verdict.kind === "fail") fail[severity] += 1;
    else counts[verdict.kind] += 1;
  }
  return {
    clusters: 1,
    scored: score === null ? 0 : 1,
    scoreTenths: score === null ? 0 : Math.round(score * 10),
    fail,
    ...counts,
  };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    clusters: a.clusters + b.clusters,
    scored: a.scored + b.scored,
    scoreTenths: a.scoreTenths + b.scoreTenths,
    fail: {
      critical: a.fail.critical + b.fail.critical,
      high: a.fail.high + b.fail.high,
      medium: a.fail.medium + b.fail.medium,
      low: a.fail.low + b.fail.low,
    },
    pass: a.pass + b.pass,
    unknown: a.unknown + b.unknown,
    notApplicable: a.notApplicable + b.notApplicable,
  };
}

/** The mean of the clusters' scores, one decimal; null when no cluster has one. */
export function fleetScore(tally: Tally): number | null {
  return tally.scored === 0 ? null : Math.round(tally.scoreTenths / tally.scored) / 10;
}
