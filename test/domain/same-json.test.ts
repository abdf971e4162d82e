import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameJson } from "../../src/domain/same-json.ts";

describe("values that JSON can hold", () => {
  it("are the same as their copies, whatever the order of properties", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = JSON.parse(JSON.stringify(value), (_, part: unknown) =>
          typeof part === "object" && part !== null && !Array.isArray(part)
            ? Object.fromEntries(Object.entries(part).reverse())
            : part,
        );
        // JSON knows no negative zero.
        expect(isSameJson(JSON.parse(JSON.stringify(value)), copy)).toBe(true);
      }),
    );
  });

  it("differ when their texts do", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b]: unknown[] = [one, other].map((value) => JSON.parse(JSON.stringify(sorted(value))));
        expect(isSameJson(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it.each([
    ["a property more", { a: 1 }, { a: 1, b: null }],
    ["a property less", { a: 1, b: null }, { a: 1 }],
    ["an entry more", [1], [1, 2]],
    ["a list and an object", [], {}],
    ["null and an object", null, {}],
    ["a number and its text", 1, "1"],
    ["a property of every object and none", {}, { toString: null }],
    ["an inherited property", { toString: null }, {}],
  ])("differ by %s", (_, one, other) => {
    expect(isSameJson(one, other)).toBe(false);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
