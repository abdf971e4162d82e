import { describe, expect, test } from "vitest";
import type { FactSource, ObservedCluster } from "../../src/application/ports.ts";
import { readAzureSettings } from "../../src/composition/config.ts";
import { connectCommandLine } from "../../src/composition/wiring.ts";
import { collected } from "../../src/domain/facts.ts";
import { hardenedCluster } from "../support/snapshot.ts";

/** Stopped: whoever would look into it says so without asking anybody. */
const stopped: ObservedCluster = {
  cluster: hardenedCluster,
  nodeResourceGroup: null,
  hasEntra: true,
  readings: { power: collected({ isStopped: true }) },
  pools: [],
  unlistedNodes: null,
};

describe("the command line's connection", () => {
  test("looks into clusters only when that is asked for, also for somebody who waits", async () => {
    const off = connectCommandLine(readAzureSettings({}), null);
    const on = connectCommandLine(readAzureSettings({}), null, true);
    for (const sources of [off.facts, off.liveFacts])
      expect(await whyNotInspected(sources)).toMatch(/^Inspection is off/);
    for (const sources of [on.facts, on.liveFacts])
      expect(await whyNotInspected(sources)).toMatch(/^The cluster is stopped/);
  });
});

async function whyNotInspected(sources: readonly FactSource[]): Promise<string | undefined> {
  const source = sources.find(({ groups }) => groups.includes("podImages"));
  const images = (await source?.read([stopped], new Set(["podImages"])))?.(stopped).podImages;
  if (images?.state !== "collected" || images.value.state !== "notInspected") return undefined;
  return images.value.reason;
}
