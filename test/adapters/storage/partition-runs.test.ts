import { describe, expect, it } from "vitest";
import { partitionRuns } from "../../../src/adapters/storage/partition-runs.ts";

describe("partitionRuns", () => {
  it("reads neighbours in one go", () => {
    expect(partitionRuns(["a", "b", "d"], ["a", "b", "c", "d"])).toEqual([{ first: "a", last: "d" }]);
  });

  it("reads over a few others, and starts anew behind many", () => {
    expect(partitionRuns(["a", "f"], ["a", "b", "c", "d", "e", "f"])).toEqual([{ first: "a", last: "f" }]);
    expect(partitionRuns(["a", "g"], ["a", "b", "c", "d", "e", "f", "g"])).toEqual([
      { first: "a", last: "a" },
      { first: "g", last: "g" },
    ]);
  });

  it("reads partitions that nobody knows of too", () => {
    expect(partitionRuns(["c", "a"], [])).toEqual([{ first: "a", last: "c" }]);
  });

  it("reads nothing when nothing is wanted", () => {
    expect(partitionRuns([], ["a"])).toEqual([]);
  });
});
