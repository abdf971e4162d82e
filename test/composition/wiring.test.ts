import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FactSource } from "../../src/application/fact-source.ts";
import { readAzureSettings, readConfig } from "../../src/composition/config.ts";
import { connectApp, connectCommandLine } from "../../src/composition/wiring.ts";
import { collected } from "../../src/domain/reading.ts";
import { shareAzurite } from "../support/azurite.ts";
import { nothingElsewhere } from "../support/fact-source.ts";
import { hardenedCluster } from "../support/snapshot.ts";

describe("the command line's connection", () => {
  test("looks into clusters only when that is asked for, also for somebody who waits", async () => {
    const off = connectCommandLine(readAzureSettings({}), null);
    const on = connectCommandLine(readAzureSettings({}), null, true);
    expect(await Promise.all([off.facts, off.liveFacts].map(looksIntoClusters))).toEqual([false, false]);
    expect(await Promise.all([on.facts, on.liveFacts].map(looksIntoClusters))).toEqual([true, true]);
  });
});

describe("the function app", () => {
  const azurite = shareAzurite();
  const connect = (settings: Readonly<Record<string, string>>) =>
    connectApp(
      readConfig({
        SWEEP_SCHEDULE: "0 0 1 * * *",
        MIDWATCH_STORAGE: azurite.connectionString(),
        MIDWATCH_KEY_VAULT_URI: "https://midwatch.vault.azure.net/",
        ...settings,
      }),
    );

  test("looks into clusters only when its settings say so, in sweeps and in checks", async () => {
    const off = await connect({});
    const on = await connect({ MIDWATCH_INSPECTION: "on" });
    expect(await Promise.all([off.sweep.facts, off.check.facts].map(looksIntoClusters))).toEqual([
      false,
      false,
    ]);
    expect(await Promise.all([on.sweep.facts, on.check.facts].map(looksIntoClusters))).toEqual([true, true]);
  });

  test("sweeps and checks by the profile of the file that its settings name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "midwatch-wiring-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "ours.json");
    const knownIssuers = ["https://tokens.contoso.example/build"];
    writeFileSync(
      file,
      JSON.stringify({ controls: ["identity.token-issuers-known"], parameters: { knownIssuers } }),
    );
    const { sweep, check } = await connect({ MIDWATCH_PROFILE: file });
    for (const { name, parameters } of [sweep.profile, check.profile])
      expect({ name, parameters }).toEqual({
        name: "ours",
        parameters: { allowedRegistries: [], knownIssuers },
      });
  });
});

const closedCluster = {
  cluster: hardenedCluster,
  nodeResourceGroup: null,
  hasEntra: collected(false),
  readings: {},
  pools: [],
  unlistedNodes: null,
};

/** Whether anybody would, if this cluster were not closed to all but administrators. */
async function looksIntoClusters(sources: readonly FactSource[]): Promise<boolean> {
  const source = sources.find(({ groups }) => groups.includes("podImages"));
  const answers = await source?.read([closedCluster], nothingElsewhere());
  const reading = answers?.(closedCluster).podImages;
  if (reading?.state !== "collected" || reading.value.state !== "notInspected")
    throw new Error("Somebody looked into a cluster that is closed.");
  return !reading.value.reason.includes("Inspection is off");
}
