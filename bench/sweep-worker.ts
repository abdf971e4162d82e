import { subscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";
import { runSweep } from "../src/application/run-sweep.ts";
import { readConfig } from "../src/composition/config.ts";
import { connectApp } from "../src/composition/wiring.ts";
import { sweepIdAt } from "../src/domain/sweep.ts";

/** One sweep of the product as its settings say, in a process of its own, so that its memory is nobody else's. */
async function main(moment: string): Promise<void> {
  const requests = countRequests();
  const config = readConfig();
  const app = await connectApp(config);
  const began = performance.now();
  const sweep = await runSweep(app.sweep, {
    id: sweepIdAt(moment),
    startedAt: moment,
    asOf: moment.slice(0, 10),
    profile: config.profile,
    scope: config.scope,
  });
  const inMs = performance.now() - began;
  process.send?.({
    inMs,
    cpuInMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
    peakRssInMiB: process.resourceUsage().maxRSS / 1024,
    requests: Object.fromEntries(requests),
    clusters: sweep.tally.clusters,
    changes: sweep.changes,
    gaps: sweep.gaps.length,
  });
}

/** Counts every HTTP request this process sends, by method and host. */
function countRequests(): Map<string, number> {
  const counts = new Map<string, number>();
  subscribe("http.client.request.start", (message) => {
    const { request } = message as { request: unknown };
    if (!(request instanceof ClientRequest)) return;
    const key = `${request.method} ${request.getHeader("host")}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return counts;
}

await main(process.argv[2] ?? "");
process.exit(0);
