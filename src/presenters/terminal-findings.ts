import type { ClusterRef } from "../domain/cluster.ts";
import type { Control } from "../domain/control.ts";
import type { Finding } from "../domain/finding.ts";
import { remediationCommands } from "../domain/remediation.ts";
import { severities } from "../domain/severity.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { FleetDigest, Hits } from "./fleet-digest.ts";
import { paint, type TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain, shorten, wrapCommand } from "./terminal-text.ts";
import { count, nameResource, plainDate, withoutLongIds } from "./wording.ts";

export const mostControls = 8;
/** A small fleet is told in full, of a large one the worst cluster of each control. */
const smallFleet = 5;
const mostNames = 8;
const mostEvidence = 3;
const mostCommands = 6;

/** Failures by control, worst first: what was seen on the worst clusters, and the commands that mend it. */
export function drawFailures(
  { tally, failures }: FleetDigest,
  catalogue: readonly Control[],
  style: TerminalStyle,
): readonly string[] {
  const groups = inOrder(catalogue, (control) => failures.get(control.id));
  if (groups.length === 0) return [];
  const shown = groups.slice(0, mostControls);
  const more = groups.length - shown.length;
  return [
    style.colors.bold("FAILURES, worst first"),
    ...shown.flatMap(({ control, hits }) => ["", ...drawControl(control, hits, tally.clusters, style)]),
    ...(more > 0
      ? ["", style.colors.dim(`  +${count(more, "more failing control")}: use --format json for all`)]
      : []),
  ];
}

function drawControl(
  control: Control,
  { count: failing, worst }: Hits,
  clusters: number,
  style: TerminalStyle,
): readonly string[] {
  const { colors, columns } = style;
  const severity = worst[0]?.finding.severity ?? control.severity;
  const told = clusters <= smallFleet ? smallFleet : 1;
  const shown = worst.slice(0, told);
  const others = failing - shown.length;
  return [
    `  ${paint(severity, colors)(`✗ ${severity}`)}  ${colors.bold(control.title)}`,
    ...paragraph(`${control.id}, fails on ${failing} of ${count(clusters, "cluster")}`, columns, "    ").map(
      colors.dim,
    ),
    ...paragraph(`Fix: ${control.remediation.summary}`, columns, "    "),
    ...shown.flatMap(({ cluster, finding }) => drawHit(control, cluster, finding, style)),
    ...(others > 0
      ? paragraph(
          `+${others} more: ${listClusters({ count: others, worst: worst.slice(told) })}`,
          columns,
          "      ",
        ).map(colors.dim)
      : []),
  ];
}

function drawHit(
  control: Control,
  cluster: ClusterRef,
  finding: Finding,
  { colors, columns }: TerminalStyle,
): readonly string[] {
  const { evidence, reason } = finding.verdict;
  const hidden = evidence.length - mostEvidence;
  const commands = remediationCommands(control, cluster, evidence);
  const unshown = commands.length - mostCommands;
  return [
    `      ${colors.cyan(plain(cluster.name))}${colors.dim(placeOf(cluster, finding))}`,
    ...evidence
      .slice(0, mostEvidence)
      .flatMap((one) => paragraph(describeEvidence(one), columns, "        ")),
    ...(hidden > 0 ? [colors.dim(`        +${hidden} more`)] : []),
    ...(reason === null ? [] : paragraph(plain(reason), columns, "        ")),
    ...commands
      .slice(0, mostCommands)
      .flatMap((command) => wrapCommand(plain(command), columns, "        $ ").map(hidePrompt)),
    ...(unshown > 0
      ? [colors.dim(`        +${count(unshown, "more command")}: use --format json for all`)]
      : []),
  ];
}

/** Only the first line of a command carries the prompt. */
function hidePrompt(line: string, index: number): string {
  return index === 0 ? line : line.replace("$ ", "  ");
}

function placeOf({ resourceGroup, location }: ClusterRef, { status, since }: Finding): string {
  const place = [resourceGroup, location].filter((part) => part !== null).map(plain);
  const time = since === null ? [] : [`${status ?? "open"} since ${plainDate(since)}`];
  const all = [...place, ...time];
  return all.length === 0 ? "" : `  ${all.join(", ")}`;
}

function describeEvidence({ path, observed, expected, pool }: Evidence): string {
  const where = nameWhere(path);
  const whose = pool === undefined || where.includes(pool) ? "" : ` of pool ${plain(pool)}`;
  return `${where}${whose} is ${show(observed)}, expected ${show(expected)}`;
}

/** The path without `properties.`; of another resource its kind and name. */
function nameWhere(path: string): string {
  const [, scope = "", provider] =
    /^(\/subscriptions\/[^/]+(?:\/.+)?)\/providers\/[^/]+\/([^/]+\/[^/]+)$/i.exec(path) ?? [];
  if (provider !== undefined) return plain(`${provider} of ${nameResource(scope)}`);
  return plain(path).replace(/^properties\./, "");
}

function show(value: Evidence["observed"]): string {
  if (value === null) return "not set";
  if (Array.isArray(value) && value.length === 0) return "an empty list";
  const text = Array.isArray(value) ? value.map(show).join(", ") : String(value);
  return shorten(plain(withoutLongIds(text)), 160);
}

/** The names of the worst, and how many there are beside them. */
export function listClusters({ count: all, worst }: Hits): string {
  return listNames(
    worst.map(({ cluster }) => plain(cluster.name)),
    all,
  );
}

export function listNames(names: readonly string[], all = names.length): string {
  const shown = names.slice(0, mostNames);
  const more = all - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Controls that have hits, in the order a reader wants them. */
export function inOrder<T extends Hits>(
  catalogue: readonly Control[],
  hitsOf: (control: Control) => T | undefined,
): readonly { readonly control: Control; readonly hits: T }[] {
  return catalogue
    .flatMap((control) => {
      const hits = hitsOf(control);
      return hits ? [{ control, hits }] : [];
    })
    .sort((a, b) => rank(a.hits) - rank(b.hits) || b.hits.count - a.hits.count);
}

function rank({ worst }: Hits): number {
  return Math.min(...worst.map(({ finding }) => severities.indexOf(finding.severity)).slice(0, 1));
}
