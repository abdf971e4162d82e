import type { AssessedLine } from "../../src/application/read-sweep.ts";
import { clusterKey } from "../../src/domain/cluster.ts";
import type { Finding } from "../../src/domain/finding.ts";
import { type Gap, standingGapKey } from "../../src/domain/gap.ts";
import { addChanges, noChanges } from "../../src/domain/sweep.ts";
import { keyOfChange, misplacedFindings } from "./finding-story.ts";
import type { Night } from "./nights.ts";

/** One night of a watch, beside what an undisturbed watch says of the same night. */
export interface ToldNight {
  readonly night: Night;
  /** One truth for every world that stood there during the sweep: the undisturbed watch's own, and those it moved on to meanwhile. */
  readonly truths: readonly [Night, ...Night[]];
  /** The clusters that ARM had all night, by `clusterKey`. */
  readonly standing: ReadonlySet<string>;
  /** Nothing went wrong out there that night, and whatever the truth knows could be read. */
  readonly isClean: boolean;
}

/**
 * What was promised of a watch and did not hold, one line each; empty when all is well. The promises, whatever goes
 * wrong out there:
 * - Nothing unread is green, resolved or gone: a verdict is the truth's or unknown, and no known cluster is missing.
 * - Every gap names its scope and reason, every unknown verdict its gap, and a sweep that lacks anything says so.
 * - A clean sweep afterwards says what an undisturbed one says.
 * - Every change is told once: none twice, none lost, and what was blinded and is back is neither new nor reopened.
 */
export function brokenPromises(nights: readonly ToldNight[]): readonly string[] {
  return [
    ...missingClusters(nights),
    ...nights.flatMap((told) => [
      ...inventedVerdicts(told),
      ...namelessGaps(told),
      ...unexplainedUnknowns(told),
      ...silentShortfalls(told),
      ...wrongFigures(told),
      ...(told.isClean ? unrepaired(told) : []),
    ]),
    ...misplacedFindings(nights.map(({ night }) => night)),
    ...wrongCards(nights),
    ...lostOrRepeatedChanges(nights),
  ];
}

/** A cluster stays in every sweep until ARM has it no more. */
function* missingClusters(nights: readonly ToldNight[]): Iterable<string> {
  let known: readonly string[] = [];
  for (const { night, standing } of nights) {
    const told = new Map(night.evidence.map((line) => [keyOf(line), line]));
    for (const key of known) if (!told.has(key)) yield `${dateOf(night)}: ${key} is missing`;
    for (const [key, { presence }] of told) {
      if (presence === "departed" && standing.has(key))
        yield `${dateOf(night)}: ${key} departed and stands there still`;
    }
    known = living(night).map(keyOf);
  }
}

/**
 * Whatever is decided is decided as the truth decides it. Rows that were read in one world and in the next may
 * together decide what one of them alone does not.
 */
function* inventedVerdicts({ night, truths }: ToldNight): Iterable<string> {
  for (const line of living(night)) {
    for (const { control, verdict } of line.findings) {
      const all = truths.map((truth) => findingOf(truth, keyOf(line), control)?.verdict.kind ?? "unknown");
      if (verdict.kind === "unknown" || all.includes(verdict.kind)) continue;
      if (truths.length === 1 || !all.includes("unknown"))
        yield `${dateOf(night)}: ${keyOf(line)} ${control} is ${verdict.kind}, in truth ${all.join(" or ")}`;
    }
  }
}

const reasons: ReadonlySet<string> = new Set<Gap["reason"]>([
  "accessDenied",
  "notFound",
  "throttled",
  "unavailable",
  "malformed",
  "incomplete",
]);

function* namelessGaps({ night }: ToldNight): Iterable<string> {
  for (const gap of night.sweep.gaps) {
    const isNamed =
      /^\//.test(gap.scope) &&
      reasons.has(gap.reason) &&
      /^[\w"].{15,}\.$/.test(gap.detail) &&
      !/undefined|NaN|\[object/.test(gap.detail);
    if (!isNamed) yield `${dateOf(night)}: a gap without a name: ${JSON.stringify(gap)}`;
  }
}

/** The reason is a gap of the sweep, or the control's own, as in truth or about a value that nobody knows yet. */
function* unexplainedUnknowns({ night, truths }: ToldNight): Iterable<string> {
  for (const line of living(night)) {
    for (const { control, verdict } of line.findings) {
      if (verdict.kind !== "unknown") continue;
      const isExplained =
        night.sweep.gaps.some(({ detail }) => verdict.reason.startsWith(detail)) ||
        verdict.reason.includes("Novel") ||
        truths.some((truth) => findingOf(truth, keyOf(line), control)?.verdict.reason === verdict.reason);
      if (!isExplained)
        yield `${dateOf(night)}: ${keyOf(line)} ${control} is unknown, unexplained: ${verdict.reason}`;
    }
  }
}

/** A cluster that every truth can read is there, or a gap covers it. */
function* silentShortfalls({ night, truths: [truth, ...others] }: ToldNight): Iterable<string> {
  const told = new Set(living(night).map(keyOf));
  const seen = ({ evidence }: Night) => evidence.filter(({ presence }) => presence === "present");
  for (const line of seen(truth)) {
    const key = keyOf(line);
    const isSure = others.every((other) => seen(other).some((one) => keyOf(one) === key));
    const isCovered = night.sweep.gaps.some(({ scope }) => covers(scope, line.cluster.id));
    if (isSure && !told.has(key) && !isCovered) yield `${dateOf(night)}: no gap, and ${key} is not there`;
  }
}

function covers(scope: string, id: string): boolean {
  return scope === "/" || `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase());
}

function* wrongFigures({ night: { sweep, evidence, ...night } }: ToldNight): Iterable<string> {
  const lines = evidence.filter(({ presence }) => presence !== "departed");
  const count = (kind: string) =>
    lines.flatMap(({ findings }) => findings.filter(({ verdict }) => verdict.kind === kind)).length;
  const { clusters, fail, pass, unknown, notApplicable } = sweep.tally;
  const failed = Object.values(fail).reduce((sum, one) => sum + one, 0);
  const told = [clusters, failed, pass, unknown, notApplicable].join();
  const due = [lines.length, count("fail"), count("pass"), count("unknown"), count("notApplicable")].join();
  if (sweep.state !== "finished") yield `${sweep.id}: the sweep is ${sweep.state}`;
  if (told !== due) yield `${sweep.id}: the tally is ${told}, not ${due}`;
  const changes = night.changes.map(({ status }) => ({ ...noChanges, [status]: 1 }));
  if (JSON.stringify(changes.reduce(addChanges, noChanges)) !== JSON.stringify(sweep.changes))
    yield `${sweep.id}: the changes are counted as ${JSON.stringify(sweep.changes)}`;
}

/** All is as if nothing had been; statuses and dates hang on what was seen when, and are retold elsewhere. */
function* unrepaired({ night, truths: [truth] }: ToldNight): Iterable<string> {
  const seen = factsOf(night);
  const due = factsOf(truth);
  for (const [what, text] of due)
    if (seen.get(what) !== text)
      yield `${dateOf(night)}: ${what} is not repaired: ${seen.get(what)}, not ${text}`;
  for (const what of seen.keys()) if (!due.has(what)) yield `${dateOf(night)}: ${what} should not be there`;
}

function factsOf(night: Night): ReadonlyMap<string, string> {
  return new Map([
    ["tally", JSON.stringify(night.sweep.tally)],
    ...night.sweep.gaps.map(
      (gap) => [`gap ${gap.scope} ${gap.reason} ${gap.detail}`, JSON.stringify(gap)] as const,
    ),
    ...living(night).flatMap((line) => [
      [`${keyOf(line)} score`, String(line.score)] as const,
      ...line.findings.map(
        ({ control, severity, verdict }) =>
          [`${keyOf(line)} ${control}`, JSON.stringify([severity, verdict])] as const,
      ),
    ]),
  ]);
}

/** One card for a night that has something to tell: its changes, gaps that are new, the baseline. None for any other. */
function* wrongCards(nights: readonly ToldNight[]): Iterable<string> {
  let previous: Night | null = null;
  for (const { night } of nights) {
    const { sweep, changes, alerts } = night;
    const known = new Set(previous?.sweep.gaps.map(standingGapKey) ?? []);
    const fresh = sweep.gaps.filter((gap) => !known.has(standingGapKey(gap))).length;
    const isBaseline = !wereClustersSeen(nights, night) && (previous === null || sweep.tally.clusters > 0);
    const due = isBaseline || changes.length > 0 || fresh > 0 ? 1 : 0;
    if (alerts.length !== due) yield `${dateOf(night)}: ${alerts.length} cards were sent, not ${due}`;
    for (const { changes: told, freshGapCount, isComplete } of alerts) {
      const says = JSON.stringify([told, freshGapCount, isComplete]);
      const shouldSay = JSON.stringify([sweep.changes, fresh, sweep.gaps.length === 0]);
      if (says !== shouldSay) yield `${dateOf(night)}: the card says ${says}, not ${shouldSay}`;
    }
    previous = night;
  }
}

function wereClustersSeen(nights: readonly ToldNight[], before: Night): boolean {
  const earlier = nights.slice(
    0,
    nights.findIndex(({ night }) => night === before),
  );
  return earlier.some(({ night }) => night.sweep.tally.clusters > 0);
}

/**
 * Of each finding: told to fail and told to be over in turn, and in the end as in truth. Not more often either, unless
 * the world moved on under a sweep, which then saw what no single world shows.
 */
function* lostOrRepeatedChanges(nights: readonly ToldNight[]): Iterable<string> {
  const told = turnsOf(nights.map(({ night }) => night));
  const due = turnsOf(nights.map(({ truths: [truth] }) => truth));
  const isSettled = nights.at(-1)?.isClean ?? false;
  const isStill = nights.every(({ truths }) => truths.length === 1);
  for (const key of new Set([...told.keys(), ...due.keys()])) {
    const [own = "", true_ = ""] = [told.get(key), due.get(key)];
    if (!/^(\+-)*\+?$/.test(own)) yield `${key} was told as ${own}`;
    if (isStill && own.length > true_.length) yield `${key} was told as ${own}, in truth ${true_}`;
    if (isSettled && own.length % 2 !== true_.length % 2)
      yield `${key} was told as ${own} and stands otherwise: ${true_}`;
  }
}

/** By finding: `+` when people were told that it fails, `-` when that it is over. */
function turnsOf(nights: readonly Night[]): ReadonlyMap<string, string> {
  const turns = new Map<string, string>();
  for (const change of nights.flatMap(({ changes }) => changes)) {
    if (change.status === "blinded") continue;
    const isFailure = change.status === "new" || change.status === "reopened";
    const key = keyOfChange(change);
    turns.set(key, (turns.get(key) ?? "") + (isFailure ? "+" : "-"));
  }
  return turns;
}

function living({ evidence }: Night): readonly AssessedLine[] {
  return evidence.filter(({ presence }) => presence !== "departed");
}

function findingOf(night: Night, key: string, control: string): Finding | undefined {
  return living(night)
    .find((line) => keyOf(line) === key)
    ?.findings.find((finding) => finding.control === control);
}

function keyOf({ cluster }: AssessedLine): string {
  return clusterKey(cluster);
}

function dateOf({ sweep }: Night): string {
  return sweep.startedAt.slice(0, 10);
}
