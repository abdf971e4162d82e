import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBatches } from "../../src/application/cut-batches.ts";
import { mostSubscriptionsAtOnce } from "../../src/application/ports.ts";

const fleets = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 900 }), fc.integer({ min: 1, max: 100 }))
  .map(([sizes, most]) => ({ counts: new Map(sizes.map((size, index) => [`s${index}`, size])), most }));

describe("batches", () => {
  it("hold every subscription once, in order, and no more than fits", () => {
    fc.assert(
      fc.property(fleets, ({ counts, most }) => {
        const batches = cutBatches([...counts.keys()], counts, most);
        expect(batches.flatMap(({ subscriptions }) => subscriptions)).toEqual([...counts.keys()]);
        expect(batches.map(({ index }) => index)).toEqual([...batches.keys()]);
        for (const { subscriptions, clusters } of batches) {
          expect(clusters).toBe(subscriptions.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0));
          expect(subscriptions.length).toBeLessThanOrEqual(mostSubscriptionsAtOnce);
          if (subscriptions.length > 1) expect(clusters).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it("are as full as the order allows", () => {
    fc.assert(
      fc.property(fleets, ({ counts, most }) => {
        const batches = cutBatches([...counts.keys()], counts, most);
        for (const [index, { subscriptions, clusters }] of batches.slice(0, -1).entries()) {
          const next = counts.get(batches[index + 1]?.subscriptions[0] ?? "") ?? 0;
          const isFull = subscriptions.length === mostSubscriptionsAtOnce || clusters + next > most;
          expect(isFull).toBe(true);
        }
      }),
    );
  });

  it("are cut by the number of subscriptions alone when nobody counted", () => {
    const ids = Array.from({ length: 700 }, (_, index) => `s${index}`);
    const sizes = cutBatches(ids, null, 10).map(({ subscriptions }) => subscriptions.length);
    expect(sizes).toEqual([mostSubscriptionsAtOnce, mostSubscriptionsAtOnce, 100]);
  });
});
