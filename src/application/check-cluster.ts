import type { FactGroup } from "../domain/facts.ts";
import { judge, withoutHistory } from "../domain/finding.ts";
import { distinctGaps } from "../domain/gap.ts";
import { scoreOf } from "../domain/posture.ts";
import { factGroupsOf, type Profile } from "../domain/profile.ts";
import { exclusionOf } from "../domain/profile-scope.ts";
import { collected, partial, type Reading, unavailable } from "../domain/reading.ts";
import type { Result } from "../domain/result.ts";
import { sweepIdAt } from "../domain/sweep.ts";
import { snapshotGaps } from "./assess-fleet.ts";
import { both } from "./both.ts";
import { collectFacts } from "./collect-facts.ts";
import { unnamedGroup } from "./collect-machines.ts";
import { completeSnapshot } from "./complete-snapshot.ts";
import { drainPages } from "./drain-pages.ts";
import type { FactSource } from "./fact-source.ts";
import { missingPlan, type PlanReadings, planReadings } from "./plan-readings.ts";
import type { Clock, ClusterSource, DefenderPlan, NodeMachine, ObservedCluster, PlanName } from "./ports.ts";
import { gapFrom } from "./source-error.ts";
import { createTenantReader } from "./tenant-reader.ts";

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
  const groups = factGroupsOf(deps.profile);
  const [observed, plans] = await Promise.all([
    deps.clusters.cluster(clusterId),
    readPlans(deps.clusters, clusterId, `/subscriptions/${subscriptionId}`, groups),
  ]);
  if (observed === null) return null;

  const run = {
    id: sweepIdAt(startedAt),
    startedAt,
    asOf,
    profile: deps.profile.name,
    scope: { cluster: clusterId },
  };
  const reason = exclusionOf(deps.profile.clusters, observed.cluster);
  if (reason !== null) {
    const excluded = [{ cluster: observed.cluster, reason }];
    return { ...run, finishedAt: deps.clock.now(), gaps: [], clusters: [], excluded };
  }
  const readingMachines = readMachines(deps.clusters, observed);
  const [machines, further] = await both(
    readingMachines,
    collectFacts(deps.facts, groups, [observed], {
      machines: readingMachines.then((found) => () => found),
      tenant: createTenantReader(),
    }),
  );
  const snapshot = completeSnapshot(observed, {
    machines,
    further: { ...further(observed), ...plans },
    asOf,
    parameters: deps.profile.parameters,
  });
  const judgements = judge(deps.profile, snapshot);
  return {
    ...run,
    finishedAt: deps.clock.now(),
    excluded: [],
    gaps: distinctGaps(snapshotGaps(deps.profile, snapshot)),
    clusters: [
      { cluster: observed.cluster, score: scoreOf(judgements), findings: withoutHistory(judgements) },
    ],
  };
}

/** The cluster's own pricing wins over its subscription's; if it cannot be read, neither decides. */
async function readPlans(
  source: ClusterSource,
  clusterId: string,
  subscriptionScope: string,
  groups: ReadonlySet<FactGroup>,
): Promise<PlanReadings> {
  const wantsPricings = groups.has("defenderPricings");
  const [own, inherited, posture] = await Promise.all([
    readPlan(source, clusterId, "Containers"),
    readPlan(source, subscriptionScope, "Containers"),
    wantsPricings ? readPlan(source, subscriptionScope, "CloudPosture") : null,
  ]);
  const ofSubscription = inherited ?? unavailable(missingPlan(subscriptionScope));
  return planReadings({
    holding: own ?? ofSubscription,
    own: own?.state === "collected" ? own.value : null,
    ofSubscription: wantsPricings
      ? [ofSubscription, posture ?? unavailable(missingPlan(subscriptionScope, "CloudPosture"))]
      : null,
  });
}

async function readPlan(
  source: ClusterSource,
  scope: string,
  name: PlanName,
): Promise<Reading<DefenderPlan> | null> {
  try {
    const plan = await source.defenderPlan(scope, name);
    return plan && collected(plan);
  } catch (error) {
    return unavailable(gapFrom(error, scope));
  }
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
