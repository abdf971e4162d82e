import { collected, type Facts, partial, type Reading, unavailable } from "../domain/facts.ts";
import { judge, withoutHistory } from "../domain/finding.ts";
import { distinctGaps } from "../domain/gap.ts";
import { scoreOf } from "../domain/posture.ts";
import { factGroupsOf, type Profile } from "../domain/profile.ts";
import type { Result } from "../domain/result.ts";
import { sweepIdAt } from "../domain/sweep.ts";
import { snapshotGaps } from "./assess-fleet.ts";
import { both } from "./both.ts";
import { collectFacts } from "./collect-facts.ts";
import { unnamedGroup } from "./collect-machines.ts";
import { missingPlan, planFacts } from "./collect-plans.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import { drainPages } from "./drain-pages.ts";
import type { Clock, ClusterSource, FactSource, NodeMachine, ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

export interface CheckDependencies {
  readonly clusters: ClusterSource;
  /** Whoever reads what the cluster's own body does not hold. */
  readonly facts: readonly FactSource[];
  readonly clock: Clock;
  readonly profile: Profile;
  /** YYYY-MM-DD; null judges at today's date. */
  readonly asOf: string | null;
}

/**
 * Checks one cluster live, in two rounds of reads: the cluster with its pricings, then what its answer names.
 * Null when ARM says there is no such cluster; throws SourceError when the cluster itself cannot be read.
 */
export async function checkCluster(
  deps: CheckDependencies,
  clusterId: string,
  subscriptionId: string,
): Promise<Result | null> {
  const startedAt = deps.clock.now();
  const asOf = deps.asOf ?? startedAt.slice(0, 10);
  const [observed, defenderPlan] = await Promise.all([
    deps.clusters.cluster(clusterId),
    readPlan(deps.clusters, clusterId, `/subscriptions/${subscriptionId}`),
  ]);
  if (observed === null) return null;

  const [machines, further] = await both(
    readMachines(deps.clusters, observed),
    collectFacts(deps.facts, factGroupsOf(deps.profile), [observed]),
  );
  const snapshot = completeSnapshot(observed, {
    machines,
    further: { ...further(observed), defenderPlan },
    asOf,
  });
  const judgements = judge(deps.profile, snapshot);
  return {
    id: sweepIdAt(startedAt),
    startedAt,
    finishedAt: deps.clock.now(),
    asOf,
    profile: deps.profile.name,
    scope: { cluster: clusterId },
    gaps: distinctGaps(snapshotGaps(deps.profile, snapshot)),
    clusters: [
      { cluster: observed.cluster, score: scoreOf(judgements), findings: withoutHistory(judgements) },
    ],
  };
}

/** The cluster's own pricing wins over its subscription's; if it cannot be read, neither decides. */
async function readPlan(
  source: ClusterSource,
  clusterId: string,
  subscriptionScope: string,
): Promise<Reading<Facts["defenderPlan"]>> {
  const [own, inherited] = await Promise.allSettled([
    source.defenderPlan(clusterId),
    source.defenderPlan(subscriptionScope),
  ]);
  if (own.status === "rejected") return unavailable(gapFrom(own.reason, clusterId));
  if (own.value) return collected(planFacts(own.value));
  if (inherited.status === "rejected") return unavailable(gapFrom(inherited.reason, subscriptionScope));
  return inherited.value
    ? collected(planFacts(inherited.value))
    : unavailable(missingPlan(subscriptionScope));
}

async function readMachines(
  source: ClusterSource,
  observed: ObservedCluster,
): Promise<Reading<readonly NodeMachine[]>> {
  const { cluster, nodeResourceGroup } = observed;
  if (nodeResourceGroup === null || cluster.subscriptionId === null)
    return unavailable(unnamedGroup(observed));
  const found: NodeMachine[] = [];
  const { gaps, failure } = await drainPages(
    source.nodeGroup(cluster.subscriptionId, nodeResourceGroup),
    (machine) => found.push(machine),
  );
  const scope = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${nodeResourceGroup}`;
  const unread = failure === null ? (gaps[0] ?? null) : gapFrom(failure, scope);
  return unread === null ? collected(found) : partial(found, unread);
}
