import { type EstateSize, type ServedAzure, serveAzure, type Tally } from "../emulated-azure.ts";
import { type Storage, startStorage } from "../storage.ts";
import { runWorker, type Usage } from "../worker.ts";
import type { FloorMeasurement } from "../workers/floor.ts";
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
  readonly drifted: Swept;
}

/** Sweeps a first night, unchanged ones and one that drifted by 1 %, on fresh storage each round. */
export async function measureNights(
  size: EstateSize,
  rounds: number,
  unchangedNights: number,
): Promise<readonly Round[]> {
  const azure = await serveAzure({ ...size, nights: 2, drift: 0.01 });
  try {
    // Rows are made up when they are first asked for; that is no part of any measurement.
    for (const night of [1, 0]) {
      await azure.setNight(night);
      await fetchFloor(azure);
    }
    const measured: Round[] = [];
    while (measured.length < rounds) measured.push(await measureRound(azure, unchangedNights));
    return measured;
  } finally {
    await azure.stop();
  }
}

async function measureRound(azure: ServedAzure, unchangedNights: number): Promise<Round> {
  const storage = await startStorage();
  const floors: Floor[] = [];
  let day = 0;
  const sweepNext = async () => {
    floors.push(await fetchFloor(azure));
    day += 1;
    return sweepNight(azure, storage, day);
  };
  try {
    await azure.setNight(0);
    const first = await sweepNext();
    const unchanged: Swept[] = [];
    while (unchanged.length < unchangedNights) unchanged.push(await sweepNext());
    await azure.setNight(1);
    return { floors, first, unchanged, drifted: await sweepNext() };
  } finally {
    await storage.stop();
  }
}

function fetchFloor(azure: ServedAzure): Promise<Floor> {
  return runWorker<FloorMeasurement>("floor", [], azure.environment);
}

/** Sweeps on the given day of November 2026, with the headline profile. */
export async function sweepNight(azure: ServedAzure, storage: Storage, day: number): Promise<Swept> {
  await azure.resetTally();
  const moment = `2026-11-${String(day).padStart(2, "0")}T01:00:00.000Z`;
  const swept = await runWorker<SweepMeasurement>("sweep", [moment], {
    ...azure.environment,
    MIDWATCH_STORAGE: storage.connectionString,
    MIDWATCH_PROFILE: "headline",
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
