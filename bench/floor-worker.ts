import { Agent, request } from "node:https";
import {
  clusterCountsQuery,
  clustersQuery,
  machinesQuery,
  pricingsQuery,
  subscriptionsQuery,
} from "../src/adapters/azure/queries.ts";
import { cutBatches } from "../src/application/cut-batches.ts";
import { mostSubscriptionsAtOnce } from "../src/application/ports.ts";

/**
 * The least a sweep can cost: the pages it reads, fetched one after the other by Node's own client over one connection
 * and parsed, and nothing made of them.
 */
const agent = new Agent({ keepAlive: true });
const address = new URL(
  "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
  process.env.MIDWATCH_ARM_ENDPOINT,
);
const clustersPerBatch = Number(process.env.MIDWATCH_BATCH_CLUSTERS ?? 1000);
const counted = { pages: 0, rows: 0, bytes: 0 };

interface Page {
  readonly data: readonly Record<string, unknown>[];
  readonly $skipToken?: string;
}

async function main(): Promise<void> {
  const token = await getToken();
  const began = performance.now();
  const shown: string[] = [];
  for await (const row of rows(token, subscriptionsQuery)) shown.push(String(row.subscriptionId));
  shown.sort();
  const counts = new Map<string, number>();
  for (let start = 0; start < shown.length; start += mostSubscriptionsAtOnce) {
    const some = shown.slice(start, start + mostSubscriptionsAtOnce);
    for await (const row of rows(token, clusterCountsQuery, some))
      counts.set(String(row.id), Number(row.clusters));
  }
  const withClusters = shown.filter((id) => counts.has(id));
  let clusters = 0;
  for (const { subscriptions } of cutBatches(withClusters, counts, clustersPerBatch)) {
    for await (const _ of rows(token, clustersQuery, subscriptions)) clusters += 1;
    for (const query of [machinesQuery, pricingsQuery]) {
      for await (const _ of rows(token, query, subscriptions));
    }
  }
  process.send?.({
    inMs: performance.now() - began,
    cpuInMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
    peakRssInMiB: process.resourceUsage().maxRSS / 1024,
    clusters,
    ...counted,
  });
}

async function* rows(token: string, query: string, subscriptions?: readonly string[]) {
  let skipToken: string | undefined;
  do {
    const options = { resultFormat: "objectArray", $top: 1000, ...(skipToken && { $skipToken: skipToken }) };
    const text = await send(token, JSON.stringify({ query, subscriptions, options }));
    const page = JSON.parse(text) as Page;
    counted.pages += 1;
    counted.rows += page.data.length;
    counted.bytes += text.length;
    yield* page.data;
    skipToken = page.$skipToken;
  } while (skipToken);
}

function send(token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const outgoing = request(address, { method: "POST", agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(pieces).toString("utf8"));
        else reject(new Error(`Resource Graph answered ${response.statusCode}.`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function getToken(): Promise<string> {
  const endpoint = new URL(process.env.IDENTITY_ENDPOINT ?? "");
  endpoint.searchParams.set("resource", "https://management.azure.com");
  endpoint.searchParams.set("api-version", "2019-08-01");
  const answer = await fetch(endpoint, {
    headers: { "X-IDENTITY-HEADER": process.env.IDENTITY_HEADER ?? "" },
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

await main();
process.exit(0);
