import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  packLongText,
  packText,
  unpackLongText,
  unpackText,
} from "../../../src/adapters/storage/packed-text.ts";

const keys = { partitionKey: "p", rowKey: "r", etag: "e" };

describe("packText", () => {
  it("cuts a text into properties storage takes, and never a character in two", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31_990, max: 32_010 }),
        fc.integer({ min: 0, max: 3 }),
        (length, shift) => {
          const text = `${"x".repeat(shift)}${"🔒".repeat(length)}`;
          const parts = packText("text", text, 7) ?? {};
          for (const part of Object.values(parts)) {
            expect(part.length).toBeLessThanOrEqual(32_768);
            expect(Buffer.from(part).toString("utf8")).toBe(part);
          }
          expect(unpackText("text", { ...keys, ...parts })).toBe(text);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("says when a text does not fit", () => {
    expect(packText("text", "x".repeat(64_000), 2)).not.toBeNull();
    expect(packText("text", "x".repeat(64_001), 2)).toBeNull();
  });

  it("tells a row without the text from one with", () => {
    expect(unpackText("text", { ...keys, text0: null, other0: "x" })).toBeNull();
  });
});

describe("packLongText", () => {
  it("compresses what would fill half a row", () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `line ${index} ü🔒`).join("\n");
    const parts = packLongText("text", text) ?? {};
    const bytes = Object.values(parts).map((part) =>
      typeof part === "string" ? 2 * part.length : part.length,
    );
    expect(Math.max(...bytes)).toBeLessThanOrEqual(65_536);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(1024 * 1024 * 0.9);
    expect(unpackLongText("text", { ...keys, ...parts })).toBe(text);
  });

  it("says when a text does not fit into a row even so", () => {
    const noise = Array.from({ length: 400_000 }, (_, index) => Math.sin(index).toString(36)).join("");
    expect(packLongText("text", noise)).toBeNull();
  });
});
