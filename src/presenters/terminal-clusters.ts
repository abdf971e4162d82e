import Table from "cli-table3";
import { type Control, type Layer, layers } from "../domain/control.ts";
import type { ClusterFindings } from "../domain/finding.ts";
import type { FleetDigest } from "./fleet-digest.ts";
import { drawMark, type MarkSize, markOf, markWidths, type TerminalStyle } from "./terminal-marks.ts";
import { paragraph, plain, shorten } from "./terminal-text.ts";
import { count } from "./wording.ts";

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
  { tally, controls, worst }: FleetDigest,
  catalogue: readonly Control[],
  style: TerminalStyle,
): readonly string[] {
  const { colors, columns } = style;
  const layerOf = new Map(catalogue.map(({ id, layer }) => [id, layer]));
  const held = layers.filter((layer) => [...controls].some((control) => layerOf.get(control) === layer));
  const names = labelClusters(worst);
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
  for (const [index, { score, findings }] of worst.entries()) {
    const marks = held.map((layer) =>
      drawMark(markOf(findings.filter(({ control }) => layerOf.get(control) === layer)), colors, size),
    );
    table.push([shorten(names[index] ?? "", nameWidth), score === null ? "–" : score.toFixed(1), ...marks]);
  }
  const more = tally.clusters - worst.length;
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

/** Names, with the resource group where two clusters share one. */
function labelClusters(clusters: readonly ClusterFindings[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { cluster } of clusters) times.set(cluster.name, (times.get(cluster.name) ?? 0) + 1);
  return clusters.map(({ cluster }) => {
    const isAlone = times.get(cluster.name) === 1 || cluster.resourceGroup === null;
    return plain(isAlone ? cluster.name : `${cluster.name} (${cluster.resourceGroup})`);
  });
}
