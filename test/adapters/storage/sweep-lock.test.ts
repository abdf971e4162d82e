import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { openStorage } from "../../../src/adapters/storage/open-storage.ts";
import type { History } from "../../../src/application/ports.ts";
import { shareAzurite } from "../../support/azurite.ts";
import { shareStorageFront } from "../../support/storage-front.ts";

const azurite = shareAzurite();
const front = shareStorageFront(() => azurite.connectionString());
const staleAfterInMs = 3_600_000;
const early = "2026-11-21T01:00:00.000Z";
const late = "2026-11-21T03:00:00.000Z";

async function openBehindFront(): Promise<History> {
  front.setCarry((send) => send());
  const connection = { connectionString: front.connectionString() };
  const patience = { retries: 0, delayInMs: 1, giveUpAfterInMs: 20_000 };
  return (await openStorage({ connection, prefix: azurite.freshPrefix(), patience })).history;
}

/** Lets calls run at once, their requests in an order by chance. */
function inAnyOrder<T>(scheduler: fc.Scheduler, calls: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  front.setCarry((send) => scheduler.scheduleFunction(send)());
  return scheduler.waitFor(Promise.all(calls.map((call) => call())));
}

const sweeps = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 2, maxLength: 4 });

describe("the lock, asked for by several at once", () => {
  let history: History;
  beforeEach(async () => {
    history = await openBehindFront();
  });

  it("is renewed for every batch of its sweep, however many come at once", async () => {
    await history.lock("a", early, staleAfterInMs);
    const renewals = Array.from({ length: 40 }, () => history.renew("a", early, staleAfterInMs));
    expect(new Set(await Promise.all(renewals))).toEqual(new Set(["a"]));
  });

  it.each(["free", "stale"])(
    "is taken by one of them when it is %s, whom the others are told",
    async (state) => {
      const property = fc.asyncProperty(fc.scheduler(), sweeps, async (scheduler, ids) => {
        const own = await openBehindFront();
        // One of those who ask may be an earlier life of the holder's sweep.
        if (state === "stale") await own.lock("a", early, staleAfterInMs);
        const answers = await inAnyOrder(
          scheduler,
          ids.map((id) => () => own.lock(id, late, staleAfterInMs)),
        );
        const taken = answers.filter(({ outcome }) => outcome === "taken");
        expect(taken).toHaveLength(1);
        const holder = taken[0]?.holder;
        for (const [index, answer] of answers.entries()) {
          expect(answer.holder).toBe(holder);
          if (answer !== taken[0]) expect(answer.outcome).toBe(ids[index] === holder ? "renewed" : "refused");
        }
      });
      await fc.assert(property, { numRuns: 25 });
    },
  );

  it("is free once it was given back, though late batches renew it meanwhile", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const own = await openBehindFront();
      await own.lock("a", early, staleAfterInMs);
      await inAnyOrder<unknown>(scheduler, [
        () => own.renew("a", early, staleAfterInMs),
        () => own.unlock("a"),
        () => own.renew("a", early, staleAfterInMs),
      ]);
      front.setCarry((send) => send());
      expect(await own.lock("b", early, staleAfterInMs)).toEqual({ outcome: "taken", holder: "b" });
    });
    await fc.assert(property, { numRuns: 25 });
  }, 120_000);

  it("stays with a later life of the sweep that takes it over while an earlier one gives it back", async () => {
    await history.lock("a", early, staleAfterInMs);
    let isTakenOver = false;
    front.setCarry(async (send, title) => {
      if (title.startsWith("DELETE") && !isTakenOver) {
        isTakenOver = true;
        expect(await history.lock("a", late, staleAfterInMs)).toEqual({ outcome: "taken", holder: "a" });
      }
      return send();
    });
    await history.unlock("a");
    expect(isTakenOver).toBe(true);
    expect(await history.lock("b", late, staleAfterInMs)).toEqual({ outcome: "refused", holder: "a" });
  });

  it("is not given back by a holder who lost it meanwhile", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const own = await openBehindFront();
      await own.lock("a", early, staleAfterInMs);
      const [answer] = await inAnyOrder<unknown>(scheduler, [
        () => own.lock("b", late, staleAfterInMs),
        () => own.unlock("a"),
      ]);
      expect(answer).toEqual({ outcome: "taken", holder: "b" });
      front.setCarry((send) => send());
      expect(await own.lock("c", late, staleAfterInMs)).toEqual({ outcome: "refused", holder: "b" });
    });
    await fc.assert(property, { numRuns: 25 });
  }, 120_000);
});
