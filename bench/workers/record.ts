import { AsyncLocalStorage } from "node:async_hooks";
import { writeFileSync } from "node:fs";
import type { FactSource, FurtherGroup } from "../../src/application/fact-source.ts";
import { runSweep } from "../../src/application/run-sweep.ts";
import { readAzureSettings } from "../../src/composition/config.ts";
import { silentLog } from "../../src/composition/log.ts";
import { connectCommandLine, sweepDependencies } from "../../src/composition/wiring.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { createAskLog } from "../ask-log.ts";
import { sampleSources } from "../sample-sources.ts";
import { tapRequests } from "../tap-requests.ts";
import { report } from "../worker.ts";

/** What a sweep that remembers nothing asked Azure for. */
export interface Recording {
  readonly inMs: number;
  readonly clusters: number;
  readonly gaps: number;
  readonly queries: number;
  /** Reads of Resource Manager by kind. */
  readonly reads: Readonly<Record<string, number>>;
  /** The groups of facts that are read of every cluster, or nearly, from Resource Manager. */
  readonly readOfEach: readonly FurtherGroup[];
}

/** From so many reads a cluster on, a source counts as one that reads each cluster. */
const readsOfEach = 0.1;

/** Arguments: the profile, groups whose sources are sampled, a file for what was asked. */
async function record(profileName: string, sampled: string, file: string): Promise<Recording> {
  const profile = findProfile(profileName);
  if (!profile) throw new Error(`There is no profile ${profileName}.`);
  const log = createAskLog(new URL(process.env.MIDWATCH_ARM_ENDPOINT ?? "").host);
  const asking = new AsyncLocalStorage<FactSource>();
  const readsBy = new Map<FactSource, number>();
  tapRequests((request) => {
    log.note(request);
    const source = asking.getStore();
    if (source && request.method === "GET") readsBy.set(source, (readsBy.get(source) ?? 0) + 1);
  });

  const { fleet, facts, openStore } = connectCommandLine(readAzureSettings(), null);
  const watched = sampleSources(facts, new Set(sampled.split(","))).map(
    (source): FactSource => ({
      ...source,
      read: (...args) => asking.run(source, () => source.read(...args)),
    }),
  );
  const store = await openStore(null);
  const deps = sweepDependencies({ fleet, facts: watched, ...store, channel: null, profile, log: silentLog });
  const moment = "2026-11-20T01:00:00.000Z";
  const began = performance.now();
  const { tally, gaps } = await runSweep(deps, {
    id: sweepIdAt(moment),
    startedAt: moment,
    asOf: moment.slice(0, 10),
    profile: profile.name,
    scope: { subscriptions: [], managementGroups: [] },
  });
  const inMs = performance.now() - began;
  const asks = log.asks();
  writeFileSync(file, JSON.stringify(asks));
  const ofEach = [...readsBy].filter(([, reads]) => reads > readsOfEach * tally.clusters);
  return {
    inMs,
    clusters: tally.clusters,
    gaps: gaps.length,
    queries: asks.length,
    reads: log.reads(),
    readOfEach: ofEach.flatMap(([{ groups }]) => groups),
  };
}

void report(() => record(process.argv[2] ?? "", process.argv[3] ?? "", process.argv[4] ?? ""));
