import type { ClusterRef } from "../domain/cluster.ts";
import type { ClusterFindings, Finding } from "../domain/finding.ts";
import { addTallies, emptyTally, type Tally, tallyOf } from "../domain/posture.ts";
import { severities } from "../domain/severity.ts";

/** What a report for people tells of a fleet of any size: counts, and of everything the worst few. */
export interface FleetDigest {
  readonly tally: Tally;
  /** Ids of the controls that any cluster was judged by. */
  readonly controls: ReadonlySet<string>;
  /** More and worse failures first, then what could not be decided; by name so that two runs read the same. */
  readonly worst: readonly ClusterFindings[];
  /** Failures by the control's id. */
  readonly failures: ReadonlyMap<string, Hits>;
  /** What could not be decided, by the control's id; the most frequent reason first. */
  readonly undecided: ReadonlyMap<string, readonly UndecidedHits[]>;
}

/** Findings that have something in common: how many, and those of the worst clusters. */
export interface Hits {
  readonly count: number;
  readonly worst: readonly Hit[];
}

export interface UndecidedHits extends Hits {
  readonly reason: string;
}

export interface Hit {
  readonly cluster: ClusterRef;
  readonly finding: Finding;
}

/** Takes clusters one by one, and keeps no more of them than the digest shows. */
export interface FleetDigester {
  add(found: ClusterFindings): void;
  digest(): FleetDigest;
}

const mostClusters = 30;
/** One that is told in full and the names of eight more, or the five of a small fleet. */
const mostHits = 9;

export function createFleetDigester(): FleetDigester {
  let tally = emptyTally;
  const controls = new Set<string>();
  const worst = createWorst<ClusterFindings>(mostClusters);
  const failures = new Map<string, Worst<Hit>>();
  const undecided = new Map<string, HitsByReason>();

  return {
    add(found) {
      const { cluster, score, findings } = found;
      const own = tallyOf(score, findings);
      const rank = { cluster, counts: [...severities.map((severity) => own.fail[severity]), own.unknown] };
      tally = addTallies(tally, own);
      worst.add(rank, found);
      for (const finding of findings) {
        const { control, verdict } = finding;
        controls.add(control);
        if (verdict.kind === "fail") entryOf(failures, control, createHits).add(rank, { cluster, finding });
        if (verdict.kind === "unknown") {
          const reasons = entryOf(undecided, control, createReasons);
          entryOf(reasons, verdict.reason, createHits).add(rank, { cluster, finding });
        }
      }
    },
    digest: () => ({
      tally,
      controls,
      worst: worst.items(),
      failures: new Map([...failures].map(([control, hits]) => [control, readHits(hits)])),
      undecided: new Map([...undecided].map(([control, reasons]) => [control, readReasons(reasons)])),
    }),
  };
}

/** Where a cluster stands: its failures by severity with its unknowns after them, its name, its id. */
interface Rank {
  readonly cluster: ClusterRef;
  readonly counts: readonly number[];
}

/** The worst so many of all that were added, worst first. */
interface Worst<T> {
  add(rank: Rank, item: T): void;
  count(): number;
  items(): readonly T[];
  rank(): Rank | undefined;
}

function createWorst<T>(most: number): Worst<T> {
  const kept: { readonly rank: Rank; readonly item: T }[] = [];
  let count = 0;
  return {
    add(rank, item) {
      count += 1;
      const place = kept.findLastIndex((one) => compareRanks(one.rank, rank) <= 0) + 1;
      if (place === most) return;
      kept.splice(place, 0, { rank, item });
      if (kept.length > most) kept.pop();
    },
    count: () => count,
    items: () => kept.map(({ item }) => item),
    rank: () => kept[0]?.rank,
  };
}

type HitsByReason = Map<string, Worst<Hit>>;

const createHits = () => createWorst<Hit>(mostHits);
const createReasons = (): HitsByReason => new Map();

function readHits(hits: Worst<Hit>): Hits {
  return { count: hits.count(), worst: hits.items() };
}

/** Of reasons equally frequent the one of the worse cluster first. */
function readReasons(reasons: HitsByReason): readonly UndecidedHits[] {
  return [...reasons]
    .sort(([, a], [, b]) => b.count() - a.count() || compareRanks(a.rank(), b.rank()))
    .map(([reason, hits]) => ({ reason, ...readHits(hits) }));
}

function entryOf<T>(entries: Map<string, T>, key: string, create: () => T): T {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const entry = create();
  entries.set(key, entry);
  return entry;
}

function compareRanks(a: Rank | undefined, b: Rank | undefined): number {
  if (a === undefined || b === undefined) return 0;
  for (const [index, number] of a.counts.entries()) {
    const difference = (b.counts[index] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  return compareText(a.cluster.name, b.cluster.name) || compareText(a.cluster.id, b.cluster.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
