import { expect, test } from "vitest";
import { judgeVersion } from "../../src/controls/kubernetes-support.ts";

const none = { hasLongTerm: false };
const bought = { hasLongTerm: true };
const untold = { hasLongTerm: null };

test.each([
  ["1.35.6", "2026-11-21", none, "standard"],
  ["1.35", "2026-11-21", none, "standard"],
  ["1.35.6", "2027-03-31", none, "standard"],
  ["1.35.6", "2027-04-01", none, "platform"],
  ["1.34.9", "2026-11-30", none, "standard"],
  ["1.34.9", "2026-12-01", none, "platform"],
  ["1.33.13", "2026-11-21", none, "platform"],
  ["1.32.4", "2026-05-01", none, "platform"],
  ["1.32.4", "2026-06-30", none, "platform"],
  ["1.32.4", "2026-07-01", none, "none"],
  ["1.31.9", "2026-11-21", none, "none"],
  ["1.30.100", "2026-11-21", none, "none"],
] as const)("%s at %s has without long-term support (%j): %s", (version, asOf, standing, support) => {
  expect(judgeVersion(version, { asOf, ...standing }).support).toBe(support);
});

test.each([
  ["1.35.6", "2026-11-21", bought, "standard"],
  ["1.32.4", "2026-11-21", bought, "longTerm"],
  ["1.31.9", "2026-11-30", bought, "longTerm"],
  ["1.31.9", "2026-12-01", bought, "none"],
  ["1.30.100", "2026-11-21", bought, "none"],
  ["1.35.6", "2026-11-21", untold, "standard"],
  ["1.32.4", "2026-11-21", untold, "undecided"],
  ["1.30.100", "2026-11-21", untold, "none"],
] as const)("%s at %s has with it bought, or not to be told (%j): %s", (version, asOf, standing, support) => {
  expect(judgeVersion(version, { asOf, ...standing }).support).toBe(support);
});

test.each([
  ["a version that may still be a preview", "1.37.0", "2026-11-21"],
  ["a version judged as of a day when it may have been one", "1.36.1", "2026-06-15"],
  ["a version newer than the calendar", "1.38.0", "2026-11-21"],
  ["another major version", "2.0.0", "2026-11-21"],
  ["an older major version", "0.9.0", "2026-11-21"],
  ["one older than the calendar, as of a day when it may have been supported", "1.29.5", "2026-07-31"],
  ["no version", "latest", "2026-11-21"],
  ["nothing", null, "2026-11-21"],
])("the calendar does not decide %s", (_, version, asOf) => {
  expect(judgeVersion(version, { asOf, ...none }).support).toBe("undecided");
});

test("what is older than the calendar is out of support once its oldest version is", () => {
  const { support, words } = judgeVersion("1.29.5", { asOf: "2026-08-01", ...bought });
  expect(support).toBe("none");
  expect(words).toContain("1.29");
});

test("every judgement by the calendar says when it was checked and what it says", () => {
  for (const version of ["1.36.2", "1.34.9", "1.33.13", "1.31.9", "1.29.5", "1.37.0"]) {
    const { words } = judgeVersion(version, { asOf: "2026-12-05", ...none });
    expect(words).toContain("by the calendar checked on 2026-11-21");
  }
  expect(judgeVersion("1.33.13", { asOf: "2026-11-21", ...none }).words).toContain(
    "ended on 2026-08-01, and support of the platform ends once 1.37 is generally available",
  );
});
