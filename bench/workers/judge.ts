import { collect } from "../../src/application/collect.ts";
import { cutBatches } from "../../src/application/cut-batches.ts";
import { readAzureSettings } from "../../src/composition/config.ts";
import { connectCommandLine } from "../../src/composition/wiring.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { ClusterSnapshot } from "../../src/domain/facts.ts";
import { judge } from "../../src/domain/finding.ts";
import { factGroupsOf } from "../../src/domain/profile.ts";
import { sampleSources } from "../sample-sources.ts";
import { report } from "../worker.ts";

export interface JudgeMeasurement {
  readonly clusters: number;
  readonly controls: number;
  /** One pass over all clusters, each of several. */
  readonly passesInMs: readonly number[];
}

const passes = 7;

/** Judging alone: snapshots in memory, every control of the profile, nothing stored. */
async function judgeAll(profileName: string, sampled: string): Promise<JudgeMeasurement> {
  const { fleet, facts } = connectCommandLine(readAzureSettings(), null);
  const profile = findProfile(profileName);
  if (!profile) throw new Error(`There is no profile ${profileName}.`);
  const shown = await fleet.subscriptions({ subscriptions: [], managementGroups: [] });
  const ids = shown.map(({ subscriptionId }) => subscriptionId).sort();
  const snapshots: ClusterSnapshot[] = [];
  for (const batch of cutBatches(ids, null, 1000)) {
    const { observed, complete } = await collect(fleet, batch.subscriptions, {
      asOf: "2026-11-20",
      groups: factGroupsOf(profile),
      facts: sampleSources(facts, new Set(sampled.split(","))),
      isJudged: () => true,
    });
    snapshots.push(...observed.map(complete));
  }
  const passesInMs: number[] = [];
  for (let pass = 0; pass < passes; pass += 1) {
    const began = performance.now();
    for (const snapshot of snapshots) judge(profile, snapshot);
    passesInMs.push(performance.now() - began);
  }
  return { clusters: snapshots.length, controls: profile.controls.length, passesInMs };
}

void report(() => judgeAll(process.argv[2] ?? "", process.argv[3] ?? ""));
