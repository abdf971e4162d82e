import type { ClusterRecord } from "../domain/drift.ts";
import { distinctGaps, type Gap } from "../domain/gap.ts";
import { factGroupsOf } from "../domain/profile.ts";
import { type ExcludedCluster, exclusionOf } from "../domain/profile-scope.ts";
import type { Batch, BatchSummary, SweepRequest } from "../domain/sweep.ts";
import { type Ask, createAsk } from "./ask-until-silent.ts";
import {
  type AssessedCluster,
  type AssessmentInput,
  assessDeparted,
  assessSeen,
  assessUnread,
  groupRecords,
  snapshotGaps,
  standing,
  wasLiving,
} from "./assess-fleet.ts";
import { both } from "./both.ts";
import { type Collection, collect } from "./collect.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { FleetSource, RecordBefore } from "./ports.ts";
import { storeAssessed } from "./store-assessed.ts";
import type { KeptTables } from "./tenant-reader.ts";
import type { InTurn } from "./turnstile.ts";

/** What batches of a sweep have in common. */
export interface BatchSetting {
  /** Sweeps whose changes nobody was told of: what they stored counts as not yet seen. */
  readonly unfinished: readonly string[];
  /** What the plan has kept of the tenant; read anew without it. */
  readonly tenant?: KeptTables;
  /** Collecting waits for its turn. */
  readonly inTurn?: InTurn;
}

/** One batch, whole: collect, assess, compare, store. Run again for the same sweep it changes nothing. */
export async function sweepBatch(
  deps: SweepDependencies,
  request: SweepRequest,
  batch: Batch,
  { unfinished, tenant, inTurn = (work) => work() }: BatchSetting,
): Promise<BatchSummary> {
  const { collection, records, startedAt } = await inTurn(async () => {
    const startedAt = now(deps);
    const since = [request.id, ...unfinished];
    const [collection, remembered] = await both(
      collect(deps.fleet, batch.subscriptions, {
        asOf: request.asOf,
        parameters: deps.profile.parameters,
        facts: deps.facts,
        tenant,
        groups: factGroupsOf(deps.profile),
        isJudged: (cluster) => exclusionOf(deps.profile.clusters, cluster) === null,
      }),
      allOf(deps.history.recordsBefore(since, batch.subscriptions)),
    );
    return { collection, records: groupRecords(remembered), startedAt };
  });
  const input: AssessmentInput = {
    profile: deps.profile,
    date: request.startedAt.slice(0, 10),
    digest: deps.digest,
  };

  const seen = new Set(collection.observed.map(({ cluster }) => cluster.id.toLowerCase()));
  const missing = [...records].flatMap(([id, group]) => (seen.has(id) ? [] : group)).filter(wasLiving);
  const unseen = await assessUnseen(deps.fleet, input, collection, missing);
  const gaps = [...collection.gaps, ...unseen.gaps];
  const readAt = now(deps);

  // One cluster after the other as storing asks for it: neither snapshots nor findings pile up.
  function* assessAll(): Generator<AssessedCluster | ExcludedCluster> {
    for (const one of collection.observed) {
      const reason = exclusionOf(deps.profile.clusters, one.cluster);
      if (reason !== null) {
        // What is remembered of it stays as it is: a changed profile is no drift.
        yield { cluster: one.cluster, reason };
        continue;
      }
      const snapshot = collection.complete(one);
      gaps.push(...snapshotGaps(deps.profile, snapshot));
      yield* assessSeen(input, snapshot, records.get(snapshot.cluster.id.toLowerCase()) ?? []);
    }
    yield* unseen.assessed;
  }
  const stored = await storeAssessed(deps, request, String(batch.index).padStart(4, "0"), assessAll());
  deps.log.info("batch swept", {
    sweepId: request.id,
    batch: batch.index,
    clusters: stored.tally.clusters,
    readingInMs: readAt - startedAt,
    storingInMs: now(deps) - readAt,
  });
  return { batch: batch.index, ...stored, gaps: distinctGaps(gaps) };
}

/** Resource Graph leaves out what it may not show: of a cluster that was there and is not, only ARM's 404 says that it is gone. */
async function assessUnseen(
  fleet: FleetSource,
  input: AssessmentInput,
  collection: Collection,
  remembered: readonly RecordBefore[],
): Promise<{ readonly assessed: readonly AssessedCluster[]; readonly gaps: readonly Gap[] }> {
  const assessed: AssessedCluster[] = [];
  const gaps: Gap[] = [];
  const ask = createAsk();
  for (const before of remembered) {
    const record = standing(before);
    const gap =
      collection.unreadClusters?.(record.cluster.subscriptionId ?? "") ??
      (await gapUnlessAbsent(fleet, ask, record));
    if (gap === null) {
      assessed.push(assessDeparted(input, before));
    } else {
      assessed.push(assessUnread(input, before, gap));
      gaps.push(gap);
    }
  }
  return { assessed, gaps };
}

async function gapUnlessAbsent(
  fleet: FleetSource,
  ask: Ask,
  { cluster }: ClusterRecord,
): Promise<Gap | null> {
  const answer = await ask(cluster.id, () => fleet.presence(cluster.id));
  if (answer === "absent") return null;
  if (answer !== "present") return answer;
  return {
    scope: cluster.id,
    reason: "incomplete",
    detail: "Resource Graph leaves the cluster out although ARM has it.",
    remedy:
      "Check that the monitor's role Reader covers the cluster itself; a cluster just made appears by the next sweep.",
  };
}

function now({ clock }: SweepDependencies): number {
  return Date.parse(clock.now());
}

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
