import { expect, test } from "vitest";
import { distinctGaps, gapKey } from "../../src/domain/gap.ts";
import { gap } from "../support/snapshot.ts";

test("gaps come once each, in order of scope", () => {
  const gaps = [gap({ scope: "/b" }), gap({ scope: "/a" }), gap({ scope: "/B" }), gap({ scope: "/a" })];
  expect(distinctGaps(gaps).map(({ scope }) => scope.toLowerCase())).toEqual(["/a", "/b"]);
});

test("gaps that differ in reason or in what was to be read are different gaps", () => {
  const gaps = [gap(), gap({ reason: "throttled" }), gap({ detail: "Azure hung up." })];
  expect(distinctGaps(gaps)).toHaveLength(3);
  expect(distinctGaps([...gaps].reverse())).toEqual(distinctGaps(gaps));
});

test("another remedy does not make another gap", () => {
  expect(gapKey(gap({ remedy: null }))).toBe(gapKey(gap()));
});

test("no gaps are no gaps", () => {
  expect(distinctGaps([])).toEqual([]);
});
