import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { clustersQuery, subscriptionsQuery } from "../../src/adapters/azure/queries.ts";
import { cutBatches } from "../../src/application/cut-batches.ts";
import type { Ask } from "../ask-log.ts";
import { createBareGraph } from "../bare-graph.ts";
import { report } from "../worker.ts";

/** Writes the rows of all clusters into the file given, one a line, as `az graph query` users keep them. */
async function exportClusters(file: string): Promise<{ readonly clusters: number }> {
  const graph = await createBareGraph();
  const ids: string[] = [];
  for await (const row of graph.rows(askFor(subscriptionsQuery))) ids.push(String(row.subscriptionId));
  const stream = createWriteStream(file);
  let clusters = 0;
  for (const { subscriptions } of cutBatches(ids.sort(), null, 1000)) {
    for await (const row of graph.rows(askFor(clustersQuery, subscriptions))) {
      clusters += 1;
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, "drain");
    }
  }
  stream.end();
  await once(stream, "finish");
  return { clusters };
}

function askFor(query: string, subscriptions?: readonly string[]): Ask {
  return {
    query,
    ...(subscriptions && { subscriptions }),
    options: { resultFormat: "objectArray", $top: 1000 },
  };
}

void report(() => exportClusters(process.argv[2] ?? ""));
