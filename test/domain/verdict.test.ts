import { expect, test } from "vitest";
import { fail, isSome, notApplicable, pass, seen, unknown } from "../../src/domain/verdict.ts";

const evidence = { path: "properties.disableLocalAccounts", observed: null, expected: true };

test("a pass and a failure carry their evidence and no reason", () => {
  expect(pass(evidence)).toEqual({ kind: "pass", evidence: [evidence], reason: null });
  expect(fail(evidence, evidence)).toEqual({ kind: "fail", evidence: [evidence, evidence], reason: null });
});

test("what is neither pass nor failure says why", () => {
  expect(notApplicable("No pool.")).toEqual({ kind: "notApplicable", evidence: [], reason: "No pool." });
  expect(unknown("Unread.", evidence)).toEqual({ kind: "unknown", evidence: [evidence], reason: "Unread." });
});

test("evidence of a setting shows what stood in the row, not the default it means", () => {
  expect(seen({ path: evidence.path, observed: null, value: false }, true)).toEqual(evidence);
});

test("a list is some when it has one", () => {
  expect(isSome([])).toBe(false);
  expect(isSome([evidence])).toBe(true);
});
