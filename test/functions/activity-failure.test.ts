import { describe, expect, it } from "vitest";
import { activityFailure } from "../../src/functions/activity-failure.ts";

describe("why an activity failed", () => {
  it.each([
    [
      "Activity function 'sweepBatch' failed: Result: Failure\nException: The table is full.\nStack: at x\n at y \n details",
      "The table is full.",
    ],
    [
      "Activity function 'sweepBatch' failed: Result: Failure\nException: TypeError: x is no function\nStack: at x",
      "x is no function",
    ],
    ["Activity function 'planSweep' failed: The host was shut down. \n more", "The host was shut down."],
    ["Error: The table is full.", "Error: The table is full."],
    ["", ""],
  ])("is told in one line: %j", (message, expected) => {
    expect(activityFailure(new Error(message))).toBe(expected);
  });

  it("is told of what is no error, too", () => {
    expect(activityFailure("gone")).toBe("gone");
  });
});
