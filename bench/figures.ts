import { cpus, totalmem } from "node:os";
import type { Checked } from "./scenarios/check.ts";
import type { Judging, Round, Swept } from "./scenarios/nights.ts";
import type { Reads } from "./scenarios/reads.ts";
import { spreadOf } from "./statistics.ts";
import type { JudgeMeasurement } from "./workers/judge.ts";

/** The same measured with each profile. */
type ByProfile<T> = Readonly<Record<Judging["profile"], T>>;

export interface Results {
  readonly clusters: number;
  readonly large: number;
  readonly reads: Reads;
  readonly nights: ByProfile<readonly Round[]>;
  readonly largeNights: ByProfile<readonly Round[]>;
  readonly quota: Swept;
  readonly judging: ByProfile<JudgeMeasurement>;
  readonly check: Checked;
}

type Cells = readonly (string | number)[];

const profiles = ["default", "headline"] as const;

/** The figures of `docs/benchmarks.md`; what they mean stands there by hand, around the marks. */
export function presentFigures(results: Results): string {
  const { clusters, large, nights, largeNights, reads } = results;
  const timeHead = ["What", "Median", "Least to most", "Times its floor", "Processor", "Times the floor's"];
  return [
    `Measured on ${machine()}.`,
    ...profiles.flatMap((profile) => [
      `### Time: ${count(clusters)} clusters, profile \`${profile}\``,
      table(timeHead, timeRows(nights[profile])),
    ]),
    `### Requests and writes of an unchanged night of ${count(clusters)} clusters`,
    table(["What", ...profiles.map((profile) => `\`${profile}\``), "May be"], costRows(results)),
    `### Reads of Resource Manager: ${count(reads.every.clusters)} clusters, profile \`default\``,
    table(["Kind", "All", "Sampled"], readRows(reads)),
    `### Memory: peak RSS of the process that sweeps`,
    table(
      ["Night", `${count(clusters)} clusters`, `${count(large)} clusters`, "Ratio"],
      profiles.flatMap((profile) => memoryRows(profile, nights[profile], largeNights[profile])),
    ),
    ...profiles.flatMap((profile) => [
      `### ${count(large)} clusters, profile \`${profile}\`, one round`,
      table(timeHead, timeRows(largeNights[profile])),
    ]),
    `### Without Azure`,
    table(["What", "Figure"], offlineRows(results)),
  ].join("\n\n");
}

/** Processor time is told beside time that passed: on a busy machine it says more. */
function timeRows(rounds: readonly Round[]): readonly Cells[] {
  const row = (name: string, pick: (round: Round) => readonly Timed[]): readonly Cells[] => {
    const timed = rounds.flatMap(pick);
    if (timed.length === 0) return [];
    const { median, least, most } = spreadOf(timed.map(({ inMs }) => inMs));
    return [
      [
        name,
        seconds(median),
        `${seconds(least)} to ${seconds(most)}`,
        timesFloor(rounds, pick, ({ inMs }) => inMs),
        seconds(spreadOf(timed.map(({ cpuInMs }) => cpuInMs)).median),
        timesFloor(rounds, pick, ({ cpuInMs }) => cpuInMs),
      ],
    ];
  };
  return [
    ...row("the floor", ({ floors }) => floors),
    ...row("**an unchanged night**", ({ unchanged }) => unchanged),
    ...row("a night on which 1 % drifted", ({ drifted }) => drifted),
    ...row("the first night", ({ first }) => [first]),
  ];
}

type Timed = Pick<Swept, "inMs" | "cpuInMs">;

/** Against the middle of the floors of the same round. */
function timesFloor(
  rounds: readonly Round[],
  pick: (round: Round) => readonly Timed[],
  figure: (one: Timed) => number,
): string {
  const ratios = rounds.flatMap((round) => {
    if (round.floors.length === 0) return [];
    const floor = spreadOf(round.floors.map(figure)).median;
    return pick(round).map((one) => figure(one) / floor);
  });
  if (ratios.length === 0) return "not measured";
  const { median, least, most } = spreadOf(ratios);
  return `${median.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

function costRows({ nights, quota }: Results): readonly Cells[] {
  const each = profiles.map((profile) => {
    const [round] = nights[profile];
    const [swept, floor] = [round?.unchanged[0], round?.floors[0]];
    if (!swept || !floor) throw new Error("No night was measured.");
    return { swept, floor };
  });
  const row = (
    name: string,
    pick: (one: (typeof each)[number]) => Cells[number],
    most: Cells[number],
  ): Cells => [name, ...each.map(pick), most];
  return [
    row("Resource Graph queries", ({ swept }) => swept.azure.queries, "the pages below, and a constant"),
    row("pages, at the least", ({ floor }) => floor.fewestPages, ""),
    row("batches", ({ swept }) => swept.batches, ""),
    row("rows", ({ swept }) => count(swept.azure.rows), ""),
    row("bytes", ({ floor }) => `${(floor.bytes / 1e6).toFixed(0)} MB`, ""),
    row("reads of Resource Manager that are left", ({ swept }) => count(sum(Object.values(swept.reads))), ""),
    row("reads of storage", ({ swept }) => swept.storageReads, ""),
    row("writes to storage", ({ swept }) => swept.storageWrites, "queries + 50"),
    row("cards", ({ swept }) => swept.azure.cards, 0),
    ["429 with the quota enforced (15 queries in 5 s)", "", quota.azure.throttled, 0],
    ["seconds with the quota enforced, a first night", "", seconds(quota.inMs), ""],
  ];
}

function readRows({ every, sampled }: Reads): readonly Cells[] {
  const total = ({ reads }: Reads["every"]) => sum(Object.values(reads));
  return [
    ...Object.entries(every.reads).map(([kind, times]) => [
      kind,
      count(times),
      count(sampled.reads[kind] ?? 0),
    ]),
    ["in all", count(total(every)), count(total(sampled))],
    ["for each cluster", (total(every) / every.clusters).toFixed(1), ""],
    ["seconds of the sweep", seconds(every.inMs), seconds(sampled.inMs)],
    ["of them busy", seconds(every.cpuInMs), seconds(sampled.cpuInMs)],
  ];
}

function memoryRows(profile: string, rounds: readonly Round[], large: readonly Round[]): readonly Cells[] {
  const peaks = (some: readonly Round[], pick: (round: Round) => readonly Swept[]) =>
    some.flatMap((round) => pick(round).map(({ peakRssInMib }) => peakRssInMib));
  const row = (name: string, pick: (round: Round) => readonly Swept[]): readonly Cells[] => {
    const [few, many] = [peaks(rounds, pick), peaks(large, pick)];
    if (many.length === 0) return [];
    const [less, more] = [Math.max(...few), Math.max(...many)];
    return [
      [
        `${name}, \`${profile}\``,
        `${less.toFixed(0)} MiB`,
        `${more.toFixed(0)} MiB`,
        (more / less).toFixed(2),
      ],
    ];
  };
  return [
    ...row("unchanged", ({ unchanged }) => unchanged),
    ...row("1 % drifted", ({ drifted }) => drifted),
    ...row("first", ({ first }) => [first]),
  ];
}

function offlineRows({ check, judging }: Results): readonly Cells[] {
  const perSecond = (clusters: number, inMs: number) => count(Math.round((clusters / inMs) * 1000));
  return [
    [
      `\`midwatch check\` on ${count(check.clusters)} clusters in one file (${(check.fileBytes / 1e6).toFixed(0)} MB)`,
      `${seconds(check.inMs)}: ${perSecond(check.clusters, check.inMs)} clusters a second, peak RSS ${check.peakRssInMib.toFixed(0)} MiB`,
    ],
    ...profiles.map((profile) => {
      const { clusters, controls, passesInMs } = judging[profile];
      const { median, least, most } = spreadOf(passesInMs);
      const perMinute = (inMs: number) => count(Math.round((clusters / inMs) * 60_000));
      return [
        `judging alone, profile \`${profile}\`, ${controls} controls`,
        `${perMinute(median)} clusters a minute (${perMinute(most)} to ${perMinute(least)})`,
      ];
    }),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
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
