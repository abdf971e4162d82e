import Table from "cli-table3";
import { type Control, type Layer, layers } from "../domain/control.ts";
import type { ClusterFindings } from "../domain/finding.ts";
import { severities } from "../domain/severity.ts";
import { drawMark, type MarkSize, markOf, markWidths, type TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain, shorten } from "./terminal-text.ts";
import { count } from "./wording.ts";

const mostClusters = 30;
const narrowestName = 14;
/** With less room for names than this, columns give way first. */
const comfortableName = 20;
const widestName = 34;

const legend = "the worst of each layer: ✗ fails, ? could not be decided, ✓ passes, – does not apply";
const letters = "; C critical, H high, M medium, L low";

/** Heads of the columns, by the room there is. */
const heads: Readonly<Record<Layer, Readonly<Record<MarkSize, string>>>> = {
  identity: { long: "identity", short: "identity", tiny: "id" },
  "control-plane": { long: "control-plane", short: "control", tiny: "cp" },
  nodes: { long: "nodes", short: "nodes", tiny: "nod" },
  network: { long: "network", short: "network", tiny: "net" },
  workloads: { long: "workloads", short: "workload", tiny: "wl" },
  secrets: { long: "secrets", short: "secrets", tiny: "sec" },
  images: { long: "images", short: "images", tiny: "img" },
  monitoring: { long: "monitoring", short: "monitor", tiny: "mon" },
};
const headWidths: Readonly<Record<MarkSize, number>> = { long: 13, short: 8, tiny: 3 };

/** Clusters by layers: where to look. They come worst first, here and in the rest of the report. */
export function drawClusters(
  clusters: readonly ClusterFindings[],
  catalogue: readonly Control[],
  style: TerminalStyle,
): readonly string[] {
  const { colors, columns } = style;
  const layerOf = new Map(catalogue.map(({ id, layer }) => [id, layer]));
  const held = layers.filter((layer) =>
    clusters.some(({ findings }) => findings.some(({ control }) => layerOf.get(control) === layer)),
  );
  const shown = clusters.slice(0, mostClusters);
  const names = labelClusters(shown);
  const size =
    (["long", "short"] as const).find((one) => room(columns, held.length, one) >= comfortableName) ?? "tiny";
  const nameWidth = Math.max(
    narrowestName,
    Math.min(
      room(columns, held.length, size),
      ...[Math.max(...names.map((name) => name.length), 7)],
      widestName,
    ),
  );

  const table = new Table({
    head: ["cluster", "score", ...held.map((layer) => heads[layer][size])].map((text) => colors.bold(text)),
    colAligns: ["left", "right"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: { ...noLines },
  });
  for (const [index, { score, findings }] of shown.entries()) {
    const marks = held.map((layer) =>
      drawMark(markOf(findings.filter(({ control }) => layerOf.get(control) === layer)), colors, size),
    );
    table.push([shorten(names[index] ?? "", nameWidth), score === null ? "–" : score.toFixed(1), ...marks]);
  }
  const more = clusters.length - shown.length;
  return [
    colors.bold("CLUSTERS, worst first"),
    ...table
      .toString()
      .split("\n")
      .map((line) => `  ${line.trimEnd()}`),
    ...paragraph(size === "tiny" ? legend + letters : legend, columns, "  ").map(colors.dim),
    ...(more > 0 ? [colors.dim(`  +${count(more, "more cluster")}: use --format json for all`)] : []),
  ];
}

const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
} as const;

/** What the columns leave for the name, with the indent, the score and the gaps between columns taken off. */
function room(columns: number, layerCount: number, size: MarkSize): number {
  return columns - 2 - 2 - 7 - layerCount * (Math.max(markWidths[size], headWidths[size]) + 2);
}

/** More and worse failures first, then what could not be decided; by name so that two runs read the same. */
export function worstFirst(clusters: readonly ClusterFindings[]): readonly ClusterFindings[] {
  const ranked = clusters.map((found) => ({ found, rank: rankOf(found) }));
  return ranked
    .sort((a, b) => compareRanks(a.rank, b.rank) || compareIds(a.found, b.found))
    .map(({ found }) => found);
}

/** Failures by severity, then unknowns. */
function rankOf({ findings }: ClusterFindings): readonly number[] {
  const failures = severities.map(
    (severity) => findings.filter((one) => one.verdict.kind === "fail" && one.severity === severity).length,
  );
  return [...failures, findings.filter(({ verdict }) => verdict.kind === "unknown").length];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const difference = (b[index] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareIds({ cluster: a }: ClusterFindings, { cluster: b }: ClusterFindings): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Names, with the resource group where two clusters share one. */
function labelClusters(clusters: readonly ClusterFindings[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { cluster } of clusters) times.set(cluster.name, (times.get(cluster.name) ?? 0) + 1);
  return clusters.map(({ cluster }) => {
    const isAlone = times.get(cluster.name) === 1 || cluster.resourceGroup === null;
    return plain(isAlone ? cluster.name : `${cluster.name} (${cluster.resourceGroup})`);
  });
}
