import { describe, expect, test } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { noChanges } from "../../src/domain/sweep.ts";
import { headerOf, headlineOf, postureOf } from "../../src/presenters/card-header.ts";
import { alert } from "../support/example-alerts.ts";

const noFailures = { critical: 0, high: 0, medium: 0, low: 0 };

describe("the headline", () => {
  const headlines: readonly (readonly [string, Partial<Alert>])[] = [
    ["3 new failures, 1 resolved", { changes: { ...noChanges, new: 3, resolved: 1 } }],
    [
      "1 new failure, 2 back again, 3 out of sight, 4 resolved, 5 gone",
      { changes: { new: 1, reopened: 2, blinded: 3, resolved: 4, departed: 5 } },
    ],
    ["First sweep: 22 failures on 36 clusters", { kind: "baseline", changes: { ...noChanges, new: 22 } }],
    ["First sweep: 0 failures on 1 cluster", { kind: "baseline", clusters: 1, fail: noFailures }],
    [
      "1 more part of the fleet could not be read",
      {
        freshGapCount: 1,
        gaps: [{ scope: "/subscriptions/x", reason: "throttled", detail: "No answer.", remedy: null }],
      },
    ],
    ["Nothing changed", {}],
  ];

  test.each(headlines)("says “%s”", (words, changes) => {
    expect(headlineOf(alert(changes))).toBe(words);
  });
});

describe("the head", () => {
  const styleOf = (changes: Partial<Alert>) => headerOf(alert(changes));

  test("is red when something got worse", () => {
    expect(styleOf({ changes: { ...noChanges, new: 1 } })).toMatchObject({ style: "attention" });
    expect(styleOf({ changes: { ...noChanges, reopened: 1 } })).toMatchObject({ style: "attention" });
    expect(styleOf({ kind: "baseline" })).toMatchObject({ style: "attention" });
  });

  test("is green only when all news is good and nothing is unread", () => {
    const changes = { ...noChanges, resolved: 2 };
    expect(styleOf({ changes })).toMatchObject({ style: "good" });
    expect(styleOf({ changes, unknown: 1 })).toMatchObject({ style: "emphasis" });
    expect(styleOf({ changes, isComplete: false, gapCount: 1 })).toMatchObject({ style: "warning" });
    expect(styleOf({ changes: { ...changes, blinded: 1 } })).toMatchObject({ style: "warning" });
    expect(styleOf({ kind: "baseline", fail: noFailures, unknown: 1 })).toMatchObject({ style: "emphasis" });
  });

  test("says that a sweep is incomplete, and why", () => {
    expect(JSON.stringify(styleOf({ isComplete: false, gapCount: 2 }))).toContain(
      "**Incomplete:** 2 parts of the fleet could not be read.",
    );
    expect(JSON.stringify(styleOf({ isComplete: false }))).toContain(
      "**Incomplete:** the sweep did not finish.",
    );
    expect(JSON.stringify(styleOf({}))).not.toContain("Incomplete");
  });
});

describe("the posture", () => {
  const textOf = (changes: Partial<Alert>) => JSON.stringify(postureOf(alert(changes)));

  test("shows score, clusters and what is unknown, even when that is nothing", () => {
    expect(textOf({ score: 71 })).toContain('"71.0"');
    expect(textOf({ score: null })).toContain('"–"');
    expect(textOf({ unknown: 0 })).toMatch(/"0".*"unknown"/);
    expect(textOf({ unknown: 12 })).toMatch(/"12"[^}]*"color":"warning"/);
  });

  test("counts failures by severity", () => {
    expect(textOf({ fail: { critical: 3, high: 0, medium: 4, low: 0 } })).toMatch(/3 critical.*4 medium/);
    expect(textOf({ fail: { critical: 3, high: 0, medium: 4, low: 0 } })).not.toContain(" high");
    expect(textOf({ fail: noFailures })).toContain("No failure in what was read");
  });
});
