import type { Control } from "../domain/control.ts";
import type { Gap } from "../domain/gap.ts";
import type { Result } from "../domain/result.ts";
import { groupHits, type Hit, listNames, mostControls } from "./terminal-findings.ts";
import type { TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain } from "./terminal-text.ts";
import { count, nameResource, withoutLongIds } from "./wording.ts";

const mostReasons = 2;
const mostGaps = 10;

/** What was read and does not decide, by control and reason; what was not read is told by its gap, once. */
export function drawUndecided(
  { clusters, gaps }: Pick<Result, "clusters" | "gaps">,
  catalogue: readonly Control[],
  { colors, columns }: TerminalStyle,
): readonly string[] {
  const explained = new Set(gaps.flatMap(reasonsOfGap));
  const groups = groupHits(clusters, catalogue, "unknown")
    .map(({ control, hits }) => ({
      control,
      hits: hits.filter(({ finding }) => !explained.has(finding.verdict.reason ?? "")),
    }))
    .filter(({ hits }) => hits.length > 0);
  if (groups.length === 0) return [];
  const shown = groups.slice(0, mostControls);
  const more = groups.length - shown.length;
  return [
    colors.bold("UNDECIDED: neither passes nor fails; never counted as passed"),
    ...shown.flatMap(({ control, hits }) => [
      "",
      `  ${colors.yellow("? unknown")}  ${colors.bold(control.title)}`,
      ...paragraph(
        `${control.id}, undecided on ${hits.length} of ${count(clusters.length, "cluster")}`,
        columns,
        "    ",
      ).map(colors.dim),
      ...reasonsOf(hits).flatMap((line) => paragraph(line, columns, "      ")),
    ]),
    ...(more > 0
      ? ["", colors.dim(`  +${count(more, "more undecided control")}: use --format json for all`)]
      : []),
  ];
}

/** Clusters the profile is not for: named, so that nobody takes them for judged. */
export function drawExcluded(
  { excluded }: Pick<Result, "excluded">,
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
  { clusters, gaps }: Pick<Result, "clusters" | "gaps">,
  { colors, columns }: TerminalStyle,
): readonly string[] {
  if (gaps.length === 0) return [];
  const more = gaps.length - mostGaps;
  const unknowns = countByReason(clusters);
  return [
    colors.bold(colors.yellow("GAPS: parts of the fleet that could not be read")),
    ...gaps.slice(0, mostGaps).flatMap((gap) => {
      const left = reasonsOfGap(gap).reduce((sum, reason) => sum + (unknowns.get(reason) ?? 0), 0);
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

function countByReason(clusters: Result["clusters"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { findings } of clusters) {
    for (const { verdict } of findings) {
      if (verdict.kind === "unknown") counts.set(verdict.reason, (counts.get(verdict.reason) ?? 0) + 1);
    }
  }
  return counts;
}

function reasonsOf(hits: readonly Hit[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { found, finding } of hits) {
    const reason = plain(finding.verdict.reason ?? "");
    const names = byReason.get(reason);
    if (names) names.push(plain(found.cluster.name));
    else byReason.set(reason, [plain(found.cluster.name)]);
  }
  const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  const more = reasons.length - mostReasons;
  return [
    ...reasons.slice(0, mostReasons).map(([reason, names]) => `${listNames(names)}: ${reason}`),
    ...(more > 0 ? [`+${count(more, "more reason")}`] : []),
  ];
}
