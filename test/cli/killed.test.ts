import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { nights } from "../support/changing-estate.ts";
import {
  ageLock,
  inAnyRun,
  readRows,
  readStoredHistory,
  restoreRows,
  type StoredHistory,
  withoutSweep,
} from "../support/stored-history.ts";
import { createKillableCli, type Death, type EndedProcess } from "./killable-cli.ts";

const folder = await mkdtemp(join(tmpdir(), "midwatch-killed-"));
const storage = (await openAzurite()).connectionString();
const cli = await createKillableCli(folder, storage);
afterAll(async () => {
  await cli.close();
  await rm(folder, { recursive: true, force: true });
});

/** A sweep's id is its second, so each begins in one of its own. */
async function sweep(death?: Death): Promise<EndedProcess> {
  const now = sweepIdAt(new Date().toISOString());
  await vi.waitUntil(() => sweepIdAt(new Date().toISOString()) !== now, { interval: 20, timeout: 5_000 });
  return cli.sweep(death);
}

for (const night of nights.quiet) {
  cli.setNight(night);
  await sweep();
}
const remembered = await readRows(storage);
cli.setNight(nights.eventful);

/** What a sweep of the eventful night leaves that nobody kills, and what a second one leaves after it. */
await restoreRows(storage, undefined, remembered);
const { requests } = await sweep();
const one = await readStoredHistory(storage);
await sweep();
const two = await readStoredHistory(storage);

/** Sweeps of the eventful night by the state they are in. */
function sweepsIn({ rows }: StoredHistory, wanted: string): readonly string[] {
  return Object.entries(rows)
    .filter(([key, { state }]) => key.startsWith("sweeps sweep ") && state === wanted)
    .map(([, { sweepId }]) => String(sweepId));
}

describe("the built command line, killed at a request by chance", () => {
  it("leaves a store that a sweep an hour later finds as if it had never been", async () => {
    const death = fc.record({
      nth: fc.integer({ min: 1, max: requests }),
      moment: fc.constantFrom("before" as const, "after" as const),
    });
    const property = fc.asyncProperty(death, async (drawn) => {
      await restoreRows(storage, undefined, remembered);
      expect(await sweep(drawn)).toMatchObject({ exitCode: null, stdout: "", stderr: "" });

      const holder = (await readStoredHistory(storage)).rows["sweeps lock sweep"]?.holder;
      if (holder !== undefined) {
        const refused = await sweep();
        expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
        expect(refused.stderr).toContain(`Sweep ${holder} is still running`);
        await ageLock(storage, undefined, 2 * 3_600_000);
      }
      expect((await sweep()).stdout).toContain('"midwatch/result/1"');

      const history = await readStoredHistory(storage);
      const finished = sweepsIn(history, "finished").length - nights.quiet.length;
      const counted = sweepsIn(history, "failed").reduce(withoutSweep, history);
      expect(inAnyRun(counted)).toEqual(inAnyRun(finished === 1 ? one : two));
      expect(sweepsIn(history, "running")).toEqual([]);
    });
    await fc.assert(property, { numRuns: 5 });
  }, 120_000);
});
