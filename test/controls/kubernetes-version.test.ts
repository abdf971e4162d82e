import { expect, test } from "vitest";
import { minorVersionOf } from "../../src/controls/kubernetes-version.ts";

test("a version and its alias have the same minor version", () => {
  expect(minorVersionOf("1.35.6")).toEqual({ major: 1, minor: 35 });
  expect(minorVersionOf("1.35")).toEqual({ major: 1, minor: 35 });
  expect(minorVersionOf("1.30.100")).toEqual({ major: 1, minor: 30 });
});

test.each(["", "1", "v1.35.6", "1.35.6.1", "1.x", "latest"])("%j is no version", (text) => {
  expect(minorVersionOf(text)).toBeNull();
});
