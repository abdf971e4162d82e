import type { Control } from "../domain/control.ts";
import type { Gap } from "../domain/gap.ts";
import type { ResultHead } from "../domain/result.ts";
import type { FleetDigest, UndecidedHits } from "./fleet-digest.ts";
import { inOrder, listClusters, listNames, mostControls } from "./terminal-findings.ts";
import type { TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain } from "./terminal-text.ts";
import { count, nameResource, withoutLongIds } from "./wording.ts";

const mostReasons = 2;
const mostGaps = 10;

/** What was read and does not decide, by control and reason; what was not read is told by its gap, once. */
export function drawUndecided(
  { gaps }: Pick<ResultHead, "gaps">,
  { tally, undecided }: FleetDigest,
  catalogue: readonly Control[],
  { colors, columns }: TerminalStyle,
): readonly string[] {
  const explained = new Set(gaps.flatMap(reasonsOfGap));
  const groups = inOrder(catalogue, ({ id }) => {
    const reasons = undecided.get(id)?.filter(({ reason }) => !explained.has(reason)) ?? [];
    const [first] = reasons;
    return first && { reasons, count: sum(reasons.map(({ count }) => count)), worst: first.worst };
  });
  if (groups.length === 0) return [];
  const shown = groups.slice(0, mostControls);
  const more = groups.length - shown.length;
  return [
    colors.bold("UNDECIDED: neither passes nor fails; never counted as passed"),
    ...shown.flatMap(({ control, hits: { count: hits, reasons } }) => [
      "",
      `  ${colors.yellow("? unknown")}  ${colors.bold(control.title)}`,
      ...paragraph(
        `${control.id}, undecided on ${hits} of ${count(tally.clusters, "cluster")}`,
        columns,
        "    ",
      ).map(colors.dim),
      ...drawReasons(reasons).flatMap((line) => paragraph(line, columns, "      ")),
    ]),
    ...(more > 0
      ? ["", colors.dim(`  +${count(more, "more undecided control")}: use --format json for all`)]
      : []),
  ];
}

/** Clusters the profile is not for: named, so that nobody takes them for judged. */
export function drawExcluded(
  { excluded }: Pick<ResultHead, "excluded">,
  { colors, columns }: TerminalStyle,
): readonly string[] {
  if (excluded.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { cluster, reason } of excluded)
    byReason.set(reason, [...(byReason.get(reason) ?? []), plain(cluster.name)]);
  return [
    colors.bold(`EXCLUDED: ${count(excluded.length, "cluster")} the profile is not for, and nobody judged`),
    ...[...byReason].flatMap(([reason, names]) => paragraph(`${listNames(names)}: ${reason}`, columns, "  ")),
  ];
}

/** Parts of the fleet that could not be read: why, what it left unknown, and what mends it. */
export function drawGaps(
  { gaps }: Pick<ResultHead, "gaps">,
  { undecided }: FleetDigest,
  { colors, columns }: TerminalStyle,
): readonly string[] {
  if (gaps.length === 0) return [];
  const more = gaps.length - mostGaps;
  const unknowns = countByReason(undecided);
  return [
    colors.bold(colors.yellow("GAPS: parts of the fleet that could not be read")),
    ...gaps.slice(0, mostGaps).flatMap((gap) => {
      const left = sum(reasonsOfGap(gap).map((reason) => unknowns.get(reason) ?? 0));
      return [
        "",
        `  ${colors.yellow(`! ${gap.reason}`)}  ${plain(nameResource(gap.scope))}${left > 0 ? colors.dim(`  leaves ${count(left, "verdict")} unknown`) : ""}`,
        ...paragraph(plain(withoutLongIds(gap.detail)), columns, "      "),
        ...(gap.remedy === null ? [] : paragraph(plain(gap.remedy), columns, "      ")),
      ];
    }),
    ...(more > 0 ? ["", colors.dim(`  +${count(more, "more gap")}: use --format json for all`)] : []),
  ];
}

/** A finding quotes its gap alone, or with the remedy. */
function reasonsOfGap({ detail, remedy }: Gap): readonly string[] {
  return remedy === null ? [detail] : [detail, `${detail} ${remedy}`];
}

function countByReason(undecided: FleetDigest["undecided"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reasons of undecided.values()) {
    for (const { reason, count } of reasons) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return counts;
}

function drawReasons(reasons: readonly UndecidedHits[]): readonly string[] {
  const more = reasons.length - mostReasons;
  return [
    ...reasons.slice(0, mostReasons).map((hits) => `${listClusters(hits)}: ${plain(hits.reason)}`),
    ...(more > 0 ? [`+${count(more, "more reason")}`] : []),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
