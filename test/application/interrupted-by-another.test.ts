import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSweep } from "../../src/application/run-sweep.ts";
import { SweepRunningError } from "../../src/application/running-sweep.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { type SweepRequest, sweepIdAt } from "../../src/domain/sweep.ts";
import { changingEstate, nights } from "../support/changing-estate.ts";
import { createWatch, type Watch } from "../support/nights.ts";
import { recordsBefore } from "../support/records-before.ts";
import { scheduledPorts } from "../support/scheduled-ports.ts";

/** The eventful night, on which nobody has begun yet. */
async function eventfulNight() {
  const cards: Alert[] = [];
  const watch = createWatch({ channel: { send: async (alert) => void cards.push(alert) } }, changingEstate);
  for (const night of nights.quiet) await watch.sweep(`2026-11-2${night}`, night);
  cards.length = 0;
  return { watch, request: watch.prepare("2026-11-22", nights.eventful), cards };
}

/** The same sweep in another second. */
function at(request: SweepRequest, second: number): SweepRequest {
  const startedAt = new Date(Date.parse(request.startedAt) + second * 1000).toISOString();
  return { ...request, id: sweepIdAt(startedAt), startedAt };
}

async function leftBy({ deps }: Watch, cards: readonly Alert[]) {
  const subscriptions = await deps.history.rememberedSubscriptions([]);
  const records = await recordsBefore(deps.history, "2026-11-30T01-00-00Z", subscriptions);
  const sweeps = await deps.history.sweeps(10);
  return {
    sweeps,
    records: records.map((record) => JSON.stringify(record)).sort(),
    manifests: await Promise.all(sweeps.map(({ id }) => deps.archive.readManifest(id))),
    pending: await deps.outbox.pending(),
    cards: [...cards],
    lock: await deps.history.lock("nobody", deps.clock.now(), deps.limits.lockStaleAfterInMs),
  };
}

/** What sweeps leave that come one after the other. */
async function undisturbed(seconds: readonly number[]) {
  const { watch, request, cards } = await eventfulNight();
  for (const second of seconds) await runSweep(watch.deps, at(request, second));
  return leftBy(watch, cards);
}

describe("sweeps that begin at the same moment", () => {
  it.each([
    ["in one slot", [0, 0]],
    ["in one slot, three times", [0, 0, 0]],
    ["in different slots", [0, 1]],
    ["two in one slot, one in another", [0, 1, 0]],
  ])(
    "are one sweep, and the others are told which: %s",
    async (_title, seconds) => {
      const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { watch, request, cards } = await eventfulNight();
        const begun = seconds.map((second, index) => {
          const deps = { ...watch.deps, ...scheduledPorts(watch.deps, scheduler, `${index}`) };
          return runSweep(deps, at(request, second));
        });
        const ends = await scheduler.waitFor(Promise.allSettled(begun));

        const swept = ends.flatMap((end, index) => (end.status === "fulfilled" ? [seconds[index] ?? 0] : []));
        const holders = new Set(swept.map((second) => at(request, second).id));
        for (const end of ends) {
          if (end.status === "fulfilled") continue;
          expect(end.reason).toBeInstanceOf(SweepRunningError);
          expect(holders).toContain(end.reason.holder);
        }
        // Another slot may come so late that the first has ended: it sweeps as well, and finds nothing to tell.
        expect(new Set(swept).size).toBe(swept.length);
        expect(await leftBy(watch, cards)).toEqual(await undisturbed(inOrder(swept, request, cards)));
      });
      await fc.assert(property, { numRuns: 30 });
    },
    120_000,
  );
});

/** Whoever told something came first. */
function inOrder(
  swept: readonly number[],
  request: SweepRequest,
  cards: readonly Alert[],
): readonly number[] {
  const isTold = (second: number) => cards.some(({ sweepId }) => sweepId === at(request, second).id);
  return [...swept].sort((a, b) => Number(isTold(b)) - Number(isTold(a)));
}
