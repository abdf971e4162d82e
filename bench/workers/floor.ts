import { clusterCountsQuery, subscriptionsQuery } from "../../src/adapters/azure/queries.ts";
import { cutBatches } from "../../src/application/cut-batches.ts";
import { mostSubscriptionsAtOnce } from "../../src/application/ports.ts";
import { createBareGraph } from "../bare-graph.ts";
import { sweptQueries } from "../swept-queries.ts";
import { report } from "../worker.ts";

export interface FloorMeasurement {
  readonly inMs: number;
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
  /** The sum of `ceil(rows/1000)` over batches and sources: the fewest pages there can be. */
  readonly fewestPages: number;
}

const clustersPerBatch = 1000;
const rowsPerPage = 1000;

/**
 * The least a sweep can cost: the pages it reads, fetched one after the other by Node's own client over one connection
 * and parsed, and nothing made of them.
 */
async function fetchBare(): Promise<FloorMeasurement> {
  const graph = await createBareGraph();
  const began = performance.now();
  const shown: string[] = [];
  for await (const row of graph.rows(subscriptionsQuery)) shown.push(String(row.subscriptionId));
  shown.sort();
  const counts = new Map<string, number>();
  for (let start = 0; start < shown.length; start += mostSubscriptionsAtOnce) {
    const some = shown.slice(start, start + mostSubscriptionsAtOnce);
    for await (const { id, clusters } of graph.rows(clusterCountsQuery, some))
      counts.set(String(id), Number(clusters));
  }
  const batches = cutBatches(
    shown.filter((id) => counts.has(id)),
    counts,
    clustersPerBatch,
  );
  let fewestPages = Math.ceil(shown.length / rowsPerPage) + Math.ceil(shown.length / mostSubscriptionsAtOnce);
  for (const { subscriptions } of batches) {
    for (const query of sweptQueries) {
      let rows = 0;
      for await (const _row of graph.rows(query, subscriptions)) rows += 1;
      fewestPages += Math.max(1, Math.ceil(rows / rowsPerPage));
    }
  }
  return { inMs: performance.now() - began, ...graph.counted(), fewestPages };
}

void report(fetchBare);
