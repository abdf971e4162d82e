import { describe, expect, it } from "vitest";
import { ageInDays, builtOn } from "../../src/domain/node-image-age.ts";

describe("a node image", () => {
  it.each([
    ["AKSUbuntu-2404gen2containerd-202611.09.0", "2026-11-09"],
    ["AKSWindows-2022-containerd-20348.5386.261110", "2026-11-10"],
    ["AKSAzureLinux-V3gen2", null],
    ["AKSUbuntu-2404gen2containerd-202611.31.0", null],
    ["AKSSomething-1.261112", null],
    ["", null],
  ])("named %j was built on %j", (name, date) => {
    expect(builtOn(name)).toBe(date);
  });

  it("has an age on a day, below zero before it was built, and none without a date", () => {
    const name = "AKSAzureLinux-V3gen2-202611.09.0";
    expect(ageInDays(name, "2026-11-21")).toBe(12);
    expect(ageInDays(name, "2026-11-08")).toBe(-1);
    expect(ageInDays("AKSAzureLinux-V3gen2", "2026-11-21")).toBeNull();
  });
});
