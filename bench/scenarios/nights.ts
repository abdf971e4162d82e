import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EstateSize, type ServedAzure, serveAzure, type Tally } from "../emulated-azure.ts";
import { type Storage, startStorage } from "../storage.ts";
import { runWorker, type Usage } from "../worker.ts";
import type { FloorMeasurement } from "../workers/floor.ts";
import type { Recording } from "../workers/record.ts";
import type { SweepMeasurement } from "../workers/sweep.ts";

export type Floor = FloorMeasurement & Usage;

/** A sweep of the product with what it cost Azure and storage. */
export interface Swept extends SweepMeasurement, Usage {
  readonly azure: Tally;
  readonly storageReads: number;
  readonly storageWrites: number;
}

/** One round over the same estate: each sweep stands behind a floor of its own. */
export interface Round {
  readonly floors: readonly Floor[];
  readonly first: Swept;
  readonly unchanged: readonly Swept[];
  readonly drifted: readonly Swept[];
}

/** What sweeps judge by. */
export interface Judging {
  readonly profile: "default" | "headline";
  /** Groups of facts whose sources read one cluster of each batch and say the same of all. */
  readonly sampled: readonly string[];
}

/** How many sweeps there are beside the first, and whether each stands behind a floor. */
export interface Nights {
  readonly rounds: number;
  readonly unchanged: number;
  readonly drifted: 0 | 1;
  readonly hasFloors: boolean;
}

/** Sweeps a first night, unchanged ones and one that drifted by 1 %, on fresh storage each round. */
export async function measureNights(
  size: EstateSize,
  judging: Judging,
  { rounds, hasFloors, ...nights }: Nights,
): Promise<readonly Round[]> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-bench-"));
  const azure = await serveAzure({ ...size, nights: 1 + nights.drifted, drift: 0.01 });
  try {
    const asks: string[] = [];
    // Also because rows are made up when they are first asked for, which is no part of any measurement of time.
    while (hasFloors && asks.length <= nights.drifted) {
      await azure.setNight(asks.length);
      const file = join(folder, `asks-${asks.length}.json`);
      await runWorker<Recording>(
        "record",
        [judging.profile, judging.sampled.join(), file],
        azure.environment,
      );
      asks.push(file);
    }
    const measured: Round[] = [];
    while (measured.length < rounds) measured.push(await measureRound(azure, judging, asks, nights));
    return measured;
  } finally {
    await azure.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** On storage with nothing in it; `asks` are files of what is asked on each night of the estate. */
async function measureRound(
  azure: ServedAzure,
  judging: Judging,
  asks: readonly string[],
  { unchanged, drifted }: Pick<Nights, "unchanged" | "drifted">,
): Promise<Round> {
  const storage = await startStorage();
  const floors: Floor[] = [];
  const swept: Swept[] = [];
  try {
    for (const night of [0, ...Array<number>(unchanged).fill(0), ...Array<number>(drifted).fill(1)]) {
      await azure.setNight(night);
      const asked = asks[night];
      if (asked !== undefined)
        floors.push(await runWorker<FloorMeasurement>("floor", [asked], azure.environment));
      swept.push(await sweepNight(azure, storage, judging, swept.length + 1));
    }
  } finally {
    await storage.stop();
  }
  const [first, ...later] = swept;
  if (first === undefined) throw new Error("No night was swept.");
  return { floors, first, unchanged: later.slice(0, unchanged), drifted: later.slice(unchanged) };
}

/** Sweeps on the given day of November 2026. */
export async function sweepNight(
  azure: ServedAzure,
  storage: Storage,
  { profile, sampled }: Judging,
  day: number,
): Promise<Swept> {
  await azure.resetTally();
  const moment = `2026-11-${String(day).padStart(2, "0")}T01:00:00.000Z`;
  const swept = await runWorker<SweepMeasurement>("sweep", [moment, sampled.join()], {
    ...azure.environment,
    MIDWATCH_STORAGE: storage.connectionString,
    MIDWATCH_PROFILE: profile,
    SWEEP_SCHEDULE: "0 0 1 * * *",
  });
  const requests = Object.entries(swept.requests).filter(([key]) => storage.owns(key));
  const sum = (some: typeof requests) => some.reduce((total, [, times]) => total + times, 0);
  const reads = sum(requests.filter(([key]) => key.startsWith("GET ")));
  return {
    ...swept,
    azure: await azure.tally(),
    storageReads: reads,
    storageWrites: sum(requests) - reads,
  };
}
