import { createColors } from "picocolors";
import type { Control } from "../domain/control.ts";
import { fleetScore, type Tally } from "../domain/posture.ts";
import type { Result, ResultHead } from "../domain/result.ts";
import { severities } from "../domain/severity.ts";
import { createFleetDigester, type FleetDigest } from "./fleet-digest.ts";
import { drawClusters } from "./terminal-clusters.ts";
import { drawFailures } from "./terminal-findings.ts";
import { paint, type TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain } from "./terminal-text.ts";
import { drawExcluded, drawGaps, drawUndecided } from "./terminal-unread.ts";
import { count, plainDate } from "./wording.ts";

const widest = 100;
/** Narrower terminals break lines themselves. */
const narrowest = 72;

export interface TerminalOptions {
  readonly isColoured: boolean;
  /** The terminal's width in characters. */
  readonly columns: number;
}

/** A result for people whose clusters are at hand. */
export function presentTerminalReport(
  result: Result,
  catalogue: readonly Control[],
  options: TerminalOptions,
): string {
  const digester = createFleetDigester();
  for (const found of result.clusters) digester.add(found);
  return drawTerminalReport(result, digester.digest(), catalogue, options);
}

/** A result for people: figures, clusters by layer, the worst failures with evidence and fix, what stayed unread. */
export function drawTerminalReport(
  head: ResultHead,
  fleet: FleetDigest,
  catalogue: readonly Control[],
  { isColoured, columns }: TerminalOptions,
): string {
  const style = { colors: createColors(isColoured), columns: Math.max(narrowest, Math.min(widest, columns)) };
  const sections = [
    drawHeadline(head, fleet.tally, style),
    fleet.tally.clusters === 0 ? [] : drawClusters(fleet, catalogue, style),
    drawFailures(fleet, catalogue, style),
    drawUndecided(head, fleet, catalogue, style),
    drawGaps(head, fleet, style),
    drawExcluded(head, style),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join("\n"))
    .join("\n\n")}\n`;
}

function drawHeadline(head: ResultHead, tally: Tally, { colors, columns }: TerminalStyle): readonly string[] {
  const score = fleetScore(tally);
  const isAllWell =
    tally.clusters > 0 &&
    tally.pass > 0 &&
    tally.unknown === 0 &&
    Object.values(tally.fail).every((number) => number === 0);
  return [
    `${colors.bold("Midwatch")}  ${plainDate(head.asOf)}, profile ${plain(head.profile)}`,
    "",
    `  ${colors.bold(count(tally.clusters, "cluster"))}, ${score === null ? "no score" : `score ${colors.bold(score.toFixed(1))} of 100`}`,
    ...drawCounts(tally, { colors, columns }),
    ...drawChanges(head, columns),
    ...(head.gaps.length > 0
      ? [
          "",
          ...paragraph(
            `INCOMPLETE: ${count(head.gaps.length, "gap")}, listed below. What was not read is not judged, and never counts as passed.`,
            columns,
            "  ",
          ).map((line) => colors.bold(colors.yellow(line))),
        ]
      : []),
    ...(isAllWell && head.gaps.length === 0
      ? ["", colors.green("  ✓ Every control passes on every cluster.")]
      : []),
  ];
}

/** On one line, where it fits. */
function drawCounts({ fail, unknown }: Tally, { colors, columns }: TerminalStyle): readonly string[] {
  const failures = severities.map((severity) => ({
    text: `${fail[severity] === 0 ? "" : "✗ "}${fail[severity]} ${severity}`,
    draw: fail[severity] === 0 ? colors.dim : paint(severity, colors),
  }));
  const undecided = {
    text: `${unknown === 0 ? "" : "? "}${unknown} unknown`,
    draw: unknown === 0 ? colors.dim : colors.yellow,
  };
  const line = (counts: typeof failures) => `  ${counts.map(({ text, draw }) => draw(text)).join("   ")}`;
  const width = [...failures, undecided].reduce((sum, { text }) => sum + 3 + text.length, 0);
  return width <= columns ? [line([...failures, undecided])] : [line(failures), line([undecided])];
}

const told = ["new", "reopened", "resolved", "blinded", "departed"] as const;

/** Only sweeps that remember have changes. */
function drawChanges({ changes }: ResultHead, columns: number): readonly string[] {
  if (!changes) return [];
  const counts = told.flatMap((status) => (changes[status] > 0 ? [`${changes[status]} ${status}`] : []));
  const text =
    counts.length === 0 ? "No changes since the last sweep." : `Since the last sweep: ${counts.join(", ")}.`;
  return paragraph(text, columns, "  ");
}
