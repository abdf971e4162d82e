import { describe, expect, it } from "vitest";
import { createClusterSource } from "../../src/adapters/azure/cluster-source.ts";
import { checkCluster } from "../../src/application/check-cluster.ts";
import { SourceError } from "../../src/application/source-error.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import type { ClusterRef } from "../../src/domain/cluster.ts";
import type { Result } from "../../src/domain/result.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { eventfulEstate } from "../support/eventful-estate.ts";
import { createWatch } from "../support/nights.ts";
import { canStrike, type Strike, strikes } from "../support/strikes.ts";

const watch = createWatch({}, eventfulEstate, { rowsPerPage: 4, tryTimeoutInMs: 5 });
const { azure, access, deps } = watch;
const clusters = [...(await watch.sweep("2026-11-20")).clusters.values()].map(({ cluster }) => cluster);

/** Single machines and scale sets, a plan of its own, a plan in ARM alone, wrong types already. */
const names = [
  "aks-search-index-weu-01",
  "aks-checkout-load-weu-01",
  "aks-retail-pos-weu-01",
  "aks-erp-import-weu-01",
];

/** Checks with a client that knows nothing from before. */
function check({ id, subscriptionId }: ClusterRef): Promise<Result | null> {
  const live = {
    clusters: createClusterSource(access),
    facts: createFactSources(access),
    clock: deps.clock,
    profile: deps.profile,
    asOf: null,
  };
  return checkCluster(live, id, subscriptionId ?? "");
}

/** An undisturbed check: what it asks, and what it says. */
interface Undisturbed {
  readonly cluster: ClusterRef;
  readonly truth: Result;
  readonly requests: readonly (Pick<EmulatedRequest, "url" | "body"> & { readonly service: string })[];
}

async function overhear(cluster: ClusterRef): Promise<Undisturbed> {
  const requests: (Pick<EmulatedRequest, "url" | "body"> & { readonly service: string })[] = [];
  azure.faults.add({
    kind: "reset",
    match({ url, body }, service) {
      requests.push({ url, body, service });
      return false;
    },
  });
  const truth = await check(cluster);
  azure.faults.clear();
  if (!truth) throw new Error(`There is no cluster ${cluster.name}.`);
  return { cluster, truth, requests };
}

const undisturbed: Undisturbed[] = [];
for (const cluster of clusters.filter(({ name }) => names.includes(name)))
  undisturbed.push(await overhear(cluster));
const cases = undisturbed.flatMap((one) =>
  Object.entries(strikes).map(([name, strike]) => ({ name, strike, ...one })),
);

describe("a live check under a fault", () => {
  it.each(cases)("says the truth, or that it does not know: $name, $cluster.name", async (one) => {
    const { strike, cluster, truth, requests } = one;
    expect(requests.length).toBeGreaterThanOrEqual(4);
    for (const { url, body, service } of requests) {
      azure.faults.add({
        ...strike,
        match: (request, of) =>
          request.url === url && request.body === body && canStrike(strike, of) && !isWordOnPlan(strike, url),
      });
      const outcome = await check(cluster).catch((error: unknown) => error);
      azure.faults.clear();
      expect(problemsOf(outcome, truth, strike), `${service} ${url}`).toEqual([]);
    }
  });
});

/** A 404 of ARM on a cluster's own pricing is its word that the cluster has none. */
function isWordOnPlan({ kind }: Strike, url: string): boolean {
  return kind === "404" && /managedclusters.*pricings/i.test(url);
}

function problemsOf(outcome: unknown, truth: Result, strike: Strike): readonly string[] {
  if (outcome instanceof SourceError) return outcome.message.length > 20 ? [] : ["a nameless error"];
  if (!isResult(outcome)) return [`no result but ${String(outcome)}`];
  const findings = outcome.clusters.flatMap((one) => one.findings);
  const known = new Map(
    truth.clusters.flatMap((one) => one.findings.map(({ control, verdict }) => [control, verdict.kind])),
  );
  if (findings.length !== known.size) return [`${findings.length} findings instead of ${known.size}`];
  return findings.flatMap(({ control, verdict }) => {
    if (verdict.kind !== "unknown")
      return verdict.kind === known.get(control) ? [] : [`${control} is ${verdict.kind}`];
    const isExplained =
      known.get(control) === "unknown" ||
      outcome.gaps.some(({ detail }) => verdict.reason.startsWith(detail)) ||
      (strike.kind === "newEnumValues" && verdict.reason.includes("Novel"));
    return isExplained ? [] : [`${control} is unknown, unexplained: ${verdict.reason}`];
  });
}

function isResult(outcome: unknown): outcome is Result {
  return typeof outcome === "object" && outcome !== null && "clusters" in outcome && "gaps" in outcome;
}
