import { expect, test } from "vitest";
import { distinctGaps, standingGapKey } from "../../src/domain/gap.ts";
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
  expect(standingGapKey(gap({ remedy: null }))).toBe(standingGapKey(gap()));
});

test("no gaps are no gaps", () => {
  expect(distinctGaps([])).toEqual([]);
});

test("stands from night to night though the figures in its words differ", () => {
  const of = (detail: string) => standingGapKey(gap({ detail }));
  expect(of("1040 rows came, Resource Graph counts 1041.")).toBe(
    of("999 rows came, Resource Graph counts 1000."),
  );
  expect(of("The machines of 7 subscriptions.")).not.toBe(of("The clusters of 7 subscriptions."));
});
