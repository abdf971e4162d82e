import { readFileSync } from "node:fs";
import type { Ask } from "../ask-log.ts";
import { createBareGraph } from "../bare-graph.ts";
import { report } from "../worker.ts";

export interface FloorMeasurement {
  readonly inMs: number;
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
  /** The sum of `ceil(rows/1000)` over what is asked: the fewest pages there can be. */
  readonly fewestPages: number;
}

const rowsPerPage = 1000;

/**
 * The least a sweep can cost: the pages it reads, fetched one after the other by Node's own client over one connection
 * and parsed, and nothing made of them. What is asked for stands in the file given, recorded from a sweep.
 */
async function fetchBare(file: string): Promise<FloorMeasurement> {
  // Written by record.ts.
  const asks = JSON.parse(readFileSync(file, "utf8")) as readonly Ask[];
  const graph = await createBareGraph();
  const began = performance.now();
  let fewestPages = 0;
  for (const ask of asks) {
    let rows = 0;
    for await (const _row of graph.rows(ask)) rows += 1;
    fewestPages += Math.max(1, Math.ceil(rows / rowsPerPage));
  }
  return { inMs: performance.now() - began, ...graph.counted(), fewestPages };
}

void report(() => fetchBare(process.argv[2] ?? ""));
