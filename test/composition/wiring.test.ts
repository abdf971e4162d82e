import { describe, expect, test } from "vitest";
import type { FactSource } from "../../src/application/ports.ts";
import { readAzureSettings } from "../../src/composition/config.ts";
import { connectCommandLine } from "../../src/composition/wiring.ts";

describe("the command line's connection", () => {
  test("looks into clusters only when that is asked for, also for somebody who waits", () => {
    const off = connectCommandLine(readAzureSettings({}), null);
    const on = connectCommandLine(readAzureSettings({}), null, true);
    expect([off.facts, off.liveFacts].map(looksIntoClusters)).toEqual([false, false]);
    expect([on.facts, on.liveFacts].map(looksIntoClusters)).toEqual([true, true]);
  });
});

/** What stands in its place says nothing of workloads. */
function looksIntoClusters(sources: readonly FactSource[]): boolean {
  return sources.some(({ groups }) => groups.includes("podImages") && groups.includes("workloadScan"));
}
