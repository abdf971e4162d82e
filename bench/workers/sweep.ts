import { runSweep } from "../../src/application/run-sweep.ts";
import { readConfig } from "../../src/composition/config.ts";
import { connectApp } from "../../src/composition/wiring.ts";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { createAskLog } from "../ask-log.ts";
import { sampleSources } from "../sample-sources.ts";
import { tapRequests } from "../tap-requests.ts";
import { report } from "../worker.ts";

/** One sweep of the product, connected as its settings say, at the moment given (ISO 8601). */
export interface SweepMeasurement {
  readonly inMs: number;
  /** Every HTTP request of the process by method and host. */
  readonly requests: Readonly<Record<string, number>>;
  /** Reads of Resource Manager among them, by kind. */
  readonly reads: Readonly<Record<string, number>>;
  readonly clusters: number;
  readonly batches: number;
  readonly gaps: number;
  readonly changes: number;
}

/** Sources that read one of the groups `sampled` read one cluster of each batch and say the same of all. */
async function sweepOnce(moment: string, sampled: string): Promise<SweepMeasurement> {
  const log = createAskLog(new URL(process.env.MIDWATCH_ARM_ENDPOINT ?? "").host);
  const requests = new Map<string, number>();
  tapRequests((request) => {
    const key = `${request.method} ${request.host}`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    if (request.method === "GET") log.note(request);
  });
  const config = readConfig();
  const { sweep } = await connectApp(config);
  const deps = { ...sweep, facts: sampleSources(sweep.facts, new Set(sampled.split(","))) };
  const began = performance.now();
  const { tally, changes, gaps, progress } = await runSweep(deps, {
    id: sweepIdAt(moment),
    startedAt: moment,
    asOf: moment.slice(0, 10),
    profile: config.profile.name,
    scope: config.scope,
  });
  return {
    inMs: performance.now() - began,
    requests: Object.fromEntries(requests),
    reads: log.reads(),
    clusters: tally.clusters,
    batches: progress.total,
    gaps: gaps.length,
    changes: Object.values(changes).reduce((sum, count) => sum + count, 0),
  };
}

void report(() => sweepOnce(process.argv[2] ?? "", process.argv[3] ?? ""));
