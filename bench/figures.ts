import { cpus, totalmem } from "node:os";
import type { Checked } from "./scenarios/check.ts";
import type { Round, Swept } from "./scenarios/nights.ts";
import { spreadOf } from "./statistics.ts";
import type { JudgeMeasurement } from "./workers/judge.ts";

export interface Results {
  readonly clusters: number;
  readonly large: number;
  readonly nights: readonly Round[];
  readonly largeNights: readonly Round[];
  readonly quota: Swept;
  readonly judging: JudgeMeasurement;
  readonly check: Checked;
}

type Cells = readonly (string | number)[];

/** The figures of `docs/benchmarks.md`; what they mean stands there by hand, around the marks. */
export function presentFigures(results: Results): string {
  const { clusters, large, nights, largeNights } = results;
  return [
    `Measured on ${machine()}.`,
    `### Time: ${count(clusters)} clusters`,
    table(["What", "Median", "Least to most", "Times its floor"], timeRows(nights)),
    `### Requests and writes of an unchanged night`,
    table(["What", "Figure", "May be"], costRows(results)),
    `### Memory: peak RSS of the process that sweeps`,
    table(
      ["Night", `${count(clusters)} clusters`, `${count(large)} clusters`, "Ratio"],
      memoryRows(nights, largeNights),
    ),
    `### ${count(large)} clusters, one round`,
    table(["What", "Median", "Least to most", "Times its floor"], timeRows(largeNights)),
    `### Without Azure`,
    table(["What", "Figure"], offlineRows(results)),
  ].join("\n\n");
}

function timeRows(rounds: readonly Round[]): readonly Cells[] {
  const floors = rounds.flatMap((round) => round.floors.map(({ inMs }) => inMs));
  const row = (name: string, values: readonly number[], ratios: readonly number[] | null): Cells => {
    const { median, least, most } = spreadOf(values);
    const ratio = ratios && spreadOf(ratios);
    return [
      name,
      seconds(median),
      `${seconds(least)} to ${seconds(most)}`,
      ratio ? `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})` : "1",
    ];
  };
  const night = (name: string, pick: (round: Round) => readonly Swept[]): Cells => {
    const pairs = rounds.flatMap((round) => {
      const middle = spreadOf(round.floors.map(({ inMs }) => inMs)).median;
      return pick(round).map(({ inMs }) => ({ inMs, ratio: inMs / middle }));
    });
    return row(
      name,
      pairs.map(({ inMs }) => inMs),
      pairs.map(({ ratio }) => ratio),
    );
  };
  return [
    row("the floor", floors, null),
    night("**an unchanged night**", ({ unchanged }) => unchanged),
    night("a night on which 1 % drifted", ({ drifted }) => [drifted]),
    night("the first night", ({ first }) => [first]),
  ];
}

function costRows({ nights, quota }: Results): readonly Cells[] {
  const round = nights[0];
  const swept = round?.unchanged[0];
  const floor = round?.floors[0];
  if (!round || !swept || !floor) throw new Error("No night was measured.");
  return [
    [
      "Resource Graph queries",
      swept.azure.queries,
      `${floor.fewestPages} pages at the least, and a constant`,
    ],
    ["batches", swept.batches, ""],
    ["rows", count(swept.azure.rows), ""],
    ["bytes", `${(floor.bytes / 1e6).toFixed(0)} MB`, ""],
    ["reads of storage", swept.storageReads, ""],
    ["writes to storage", swept.storageWrites, `${swept.azure.queries} pages + 50`],
    ["cards", swept.azure.cards, 0],
    ["429 with the quota enforced (15 queries in 5 s)", quota.azure.throttled, 0],
    ["seconds with the quota enforced, a first night", seconds(quota.inMs), ""],
  ];
}

function memoryRows(rounds: readonly Round[], large: readonly Round[]): readonly Cells[] {
  const peak = (some: readonly Round[], pick: (round: Round) => readonly Swept[]) =>
    Math.max(...some.flatMap((round) => pick(round).map(({ peakRssInMib }) => peakRssInMib)));
  const row = (name: string, pick: (round: Round) => readonly Swept[]): Cells => {
    const [few, many] = [peak(rounds, pick), peak(large, pick)];
    return [name, `${few.toFixed(0)} MiB`, `${many.toFixed(0)} MiB`, (many / few).toFixed(2)];
  };
  return [
    row("unchanged", ({ unchanged }) => unchanged),
    row("1 % drifted", ({ drifted }) => [drifted]),
    row("first", ({ first }) => [first]),
  ];
}

function offlineRows({ check, judging }: Results): readonly Cells[] {
  const pass = spreadOf(judging.passesInMs);
  const perSecond = (clusters: number, inMs: number) => count(Math.round((clusters / inMs) * 1000));
  return [
    [
      `\`midwatch check\` on ${count(check.clusters)} clusters in one file (${(check.fileBytes / 1e6).toFixed(0)} MB)`,
      `${seconds(check.inMs)}: ${perSecond(check.clusters, check.inMs)} clusters a second, peak RSS ${check.peakRssInMib.toFixed(0)} MiB`,
    ],
    [
      `judging alone, ${judging.controls} controls`,
      `${perSecond(judging.clusters, pass.median)} clusters a second (${perSecond(judging.clusters, pass.most)} to ${perSecond(judging.clusters, pass.least)})`,
    ],
  ];
}

function machine(): string {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpu?.model.trim() ?? "an unknown processor"}, ${gib} GiB, ${process.platform}, Node ${process.versions.node}`;
}

function table(head: readonly string[], rows: readonly Cells[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function seconds(inMs: number): string {
  return `${(inMs / 1000).toFixed(2)} s`;
}

function count(number: number): string {
  return number.toLocaleString("en-GB");
}
