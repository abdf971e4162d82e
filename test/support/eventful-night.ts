import { afterAll } from "vitest";
import { runSweep } from "../../src/application/run-sweep.ts";
import { type Sweep, sweepIdAt } from "../../src/domain/sweep.ts";
import type { SharedAzurite } from "./azurite.ts";
import { changingEstate, nights } from "./changing-estate.ts";
import { createInstallation, type Installation, type Product } from "./installation.ts";
import { type CountedRequest, createLife, type Life } from "./life.ts";
import {
  readRows,
  readStoredHistory,
  type StoredHistory,
  type StoredRows,
  writeRows,
} from "./stored-history.ts";

/** An installation on the night on which much happens, with the quiet nights before it remembered. */
export interface EventfulNight extends Installation {
  /** Sweeps undisturbed, whatever happened before, as Azure stands at that moment. */
  sweep(moment: string): Promise<Product>;
  /** Sweeps in the night's first slot, or another, as long as the product lives. */
  sweepUntilDeath(life: Life, moment?: string): Promise<void>;
  /** What became of the sweep of a slot; null when nobody knows of it. */
  stateOf(moment: string): Promise<Sweep["state"] | null>;
  /** All that is stored by now. */
  history(): Promise<StoredHistory>;
  /** The cards people got, as text. */
  told(): readonly string[];
}

/** The first slot of the eventful night, a later one when whatever died then has gone stale, and one of the next night. */
export const slots = {
  first: "2026-11-22T01:00:00.000Z",
  later: "2026-11-22T03:00:00.000Z",
  nextNight: "2026-11-23T01:00:00.000Z",
} as const;

/** How Azure stands at a moment. */
function nightOf(moment: string): number {
  return moment < slots.nextNight ? nights.eventful : nights.next;
}

/** Makes such nights, as many as the tests of a file want, each in tables of its own. */
export function shareEventfulNights(azurite: SharedAzurite): () => Promise<EventfulNight> {
  let remembered: Promise<StoredRows> | undefined;
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  function install(prefix: string): Installation {
    const connectionString = azurite.connectionString();
    const installation = createInstallation({ estate: changingEstate, connectionString, prefix });
    closing.push(installation.close);
    return installation;
  }

  async function remember(): Promise<StoredRows> {
    const prefix = azurite.freshPrefix();
    const installation = install(prefix);
    for (const night of nights.quiet) {
      installation.azure.setNight(night);
      const { deps, request } = await installation.start(`2026-11-${20 + night}T01:00:00.000Z`);
      await runSweep(deps, request);
    }
    return readRows(azurite.connectionString(), prefix);
  }

  return async () => {
    remembered ??= remember();
    const rows = await remembered;
    const prefix = azurite.freshPrefix();
    const installation = install(prefix);
    installation.azure.setNight(nights.eventful);
    const onlooker = await installation.start(slots.first);
    await writeRows(azurite.connectionString(), prefix, rows);
    return {
      ...installation,
      async sweep(moment) {
        installation.azure.setNight(nightOf(moment));
        const product = await installation.start(moment);
        await runSweep(product.deps, product.request);
        return product;
      },
      async sweepUntilDeath(life, moment = slots.first) {
        installation.azure.setNight(nightOf(moment));
        const { deps, request } = await installation.start(moment, life);
        await Promise.race([runSweep(deps, request), life.death]);
      },
      stateOf: async (moment) => (await onlooker.deps.history.sweep(sweepIdAt(moment)))?.state ?? null,
      history: () => readStoredHistory(azurite.connectionString(), prefix),
      told: () => installation.cards.map((card) => JSON.stringify(card)),
    };
  };
}

/** Every request of a sweep of that night that nobody disturbs. */
export async function countSweepRequests(night: EventfulNight): Promise<readonly CountedRequest[]> {
  const life = createLife();
  await night.sweepUntilDeath(life);
  return life.requests;
}
