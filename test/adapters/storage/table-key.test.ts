import { describe, expect, it } from "vitest";
import { tableKey } from "../../../src/adapters/storage/table-key.ts";

describe("tableKey", () => {
  it("reads like the names it is made of, in small letters", () => {
    expect(tableKey("RG-Payments_(EU).1", "AKS-1", "65f1")).toBe("rg-payments_(eu).1|aks-1|65f1");
  });

  it("escapes what keys cannot hold, and what separates parts", () => {
    const key = tableKey("a/b\\c#d?e|f!g%h\u0000\u0085'i", "🔒");
    expect(key).not.toMatch(/[/\\#?%'\p{Cc}]/u);
    expect(key.split("|")).toHaveLength(2);
  });

  it("keeps different names different", () => {
    const names = ["a|b", "a!007cb", "a/b", "a b", "ab", "größe", "grösse"];
    expect(new Set(names.map((name) => tableKey(name, "x"))).size).toBe(names.length);
    expect(tableKey("a", "b|c")).not.toBe(tableKey("a|b", "c"));
  });

  it("never grows over a kibibyte", () => {
    const long = tableKey("日".repeat(600), "x");
    expect(long).toHaveLength(512);
    expect(long).not.toBe(tableKey("日".repeat(600), "y"));
  });
});
