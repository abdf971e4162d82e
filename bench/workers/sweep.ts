import { runSweep } from "../../src/application/run-sweep.ts";
import { readConfig } from "../../src/composition/config.ts";
import { connectApp } from "../../src/composition/wiring.ts";
import { sweepIdAt } from "../../src/domain/sweep.ts";
import { countRequests } from "../count-requests.ts";
import { report } from "../worker.ts";

/** One sweep of the product, connected as its settings say, at the moment given (ISO 8601). */
export interface SweepMeasurement {
  readonly inMs: number;
  /** Every HTTP request of the process by method and host. */
  readonly requests: Readonly<Record<string, number>>;
  readonly clusters: number;
  readonly batches: number;
  readonly gaps: number;
  readonly changes: number;
}

async function sweepOnce(moment: string): Promise<SweepMeasurement> {
  const requests = countRequests();
  const config = readConfig();
  const { sweep: deps } = await connectApp(config);
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
    clusters: tally.clusters,
    batches: progress.total,
    gaps: gaps.length,
    changes: Object.values(changes).reduce((sum, count) => sum + count, 0),
  };
}

void report(() => sweepOnce(process.argv[2] ?? ""));
