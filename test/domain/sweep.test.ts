import { describe, expect, test } from "vitest";
import { addChanges, isComplete, noChanges, sweepIdAt } from "../../src/domain/sweep.ts";
import { gap } from "../support/snapshot.ts";

describe("isComplete", () => {
  test("holds for a finished sweep without gaps", () => {
    expect(isComplete({ state: "finished", gaps: [] })).toBe(true);
  });

  test.each([
    { state: "finished", gaps: [gap()] },
    { state: "running", gaps: [] },
    { state: "failed", gaps: [] },
  ] as const)("does not hold for $state with $gaps.length gaps", (sweep) => {
    expect(isComplete(sweep)).toBe(false);
  });
});

test("changes add up kind by kind", () => {
  const some = { new: 1, reopened: 2, resolved: 3, blinded: 4, departed: 5 };
  expect(addChanges(some, { ...noChanges, resolved: 10 })).toEqual({ ...some, resolved: 13 });
  expect(addChanges(noChanges, some)).toEqual(some);
});

test("the id of a sweep is its moment in UTC, fit for a path", () => {
  expect(sweepIdAt("2026-11-21T01:00:00.000Z")).toBe("2026-11-21T01-00-00Z");
  expect(sweepIdAt("2026-11-21T02:00:00+01:00")).toBe("2026-11-21T01-00-00Z");
});

test("a moment that is none has no id", () => {
  expect(() => sweepIdAt("tonight")).toThrow(RangeError);
});
