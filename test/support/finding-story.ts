import type { AssessedLine } from "../../src/application/read-sweep.ts";
import { clusterKey } from "../../src/domain/cluster.ts";
import type { Change } from "../../src/domain/drift.ts";
import type { Finding } from "../../src/domain/finding.ts";
import type { Night } from "./nights.ts";

/** What is to be said of a finding, by what was seen of it on each night so far and by nothing else. */
interface Place {
  readonly status: Finding["status"];
  readonly since: string | null;
  readonly reopenedOn: string | null;
}

/** A failure that somebody saw once; `isBlind`: not seen last time. */
interface Known {
  readonly isOpen: boolean;
  readonly isBlind: boolean;
  readonly since: string;
  readonly reopenedOn: string | null;
}

const unmarked: Place = { status: null, since: null, reopenedOn: null };

/**
 * Retells a watch from its verdicts alone and names every status, date and change that differs: a failure is new
 * once, open until seen to pass, reopened when seen again after that, blinded while unseen, and told of when it
 * changes.
 */
export function* misplacedFindings(nights: readonly Night[]): Iterable<string> {
  const known = new Map<string, Known>();
  for (const night of nights) {
    const date = night.sweep.startedAt.slice(0, 10);
    const due: string[] = [];
    for (const line of night.evidence) {
      for (const [key, told, { place, next }] of retoldLine(line, known, date)) {
        if (isTold(place.status, known.get(key))) due.push(`${key} ${place.status}`);
        if (next) known.set(key, next);
        if (told !== textOf(place)) yield `${date}: ${key} is ${told}, not ${textOf(place)}`;
      }
    }
    const told = night.changes.map((change) => `${keyOfChange(change)} ${change.status}`);
    if (due.sort().join() !== told.sort().join())
      yield `${date}: the changes are [${told.join(", ")}], not [${due.join(", ")}]`;
  }
}

interface Retold {
  readonly place: Place;
  readonly next: Known | undefined;
}

/** Each finding of a cluster: its key, where the sweep puts it in time, and where it belongs. */
function* retoldLine(
  { cluster, presence, findings }: AssessedLine,
  known: ReadonlyMap<string, Known>,
  date: string,
): Iterable<readonly [key: string, told: string, due: Retold]> {
  const prefix = `${clusterKey(cluster)}|`;
  const told = new Map(findings.map((finding) => [`${prefix}${finding.control}`, finding]));
  if (presence !== "departed") {
    for (const [key, finding] of told)
      yield [key, textOf(finding), retold(known.get(key), finding.verdict.kind, date)];
    return;
  }
  for (const [key, before] of known) {
    const finding = told.get(key);
    if (key.startsWith(prefix) && before.isOpen)
      yield [key, finding ? textOf(finding) : "not told", departed(before)];
  }
}

function textOf({ status, since, reopenedOn }: Place): string {
  return JSON.stringify({ status, since, reopenedOn });
}

/** What a change is about. */
export function keyOfChange({ cluster, finding }: Change): string {
  return `${clusterKey(cluster)}|${finding.control}`;
}

function retold(before: Known | undefined, verdict: Finding["verdict"]["kind"], date: string): Retold {
  const at = (status: Finding["status"], known: Known) => ({
    place: { status, since: known.since, reopenedOn: known.reopenedOn },
    next: known,
  });
  if (verdict === "fail") {
    if (!before) return at("new", { isOpen: true, isBlind: false, since: date, reopenedOn: null });
    if (before.isOpen) return at("open", { ...before, isBlind: false });
    return at("reopened", { ...before, isOpen: true, isBlind: false, reopenedOn: date });
  }
  if (!before?.isOpen) return { place: unmarked, next: before };
  if (verdict === "unknown") return at("blinded", { ...before, isBlind: true });
  return at("resolved", { ...before, isOpen: false, isBlind: false });
}

function departed(before: Known): Retold {
  const { since, reopenedOn } = before;
  return {
    place: { status: "departed", since, reopenedOn },
    next: { ...before, isOpen: false, isBlind: false },
  };
}

function isTold(status: Finding["status"], before: Known | undefined): boolean {
  if (status === "blinded") return before?.isBlind === false;
  return status !== null && status !== "open";
}
