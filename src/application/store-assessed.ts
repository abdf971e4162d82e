import type { Change } from "../domain/drift.ts";
import { addTallies, emptyTally, type Tally, tallyOf } from "../domain/posture.ts";
import type { ExcludedCluster } from "../domain/profile-scope.ts";
import { isSameJson } from "../domain/same-json.ts";
import {
  type ArchivedPart,
  addChanges,
  type ChangeCounts,
  noChanges,
  type SweepRequest,
} from "../domain/sweep.ts";
import type { AssessedCluster } from "./assess-fleet.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { ClusterChange } from "./ports.ts";
import { renewLock } from "./running-sweep.ts";

/** Counts and names of what was stored. */
export interface Stored {
  readonly tally: Tally;
  readonly changes: ChangeCounts;
  readonly evidence: ArchivedPart;
  readonly drift: ArchivedPart | null;
}

/**
 * Stores what became of some clusters: all evidence and the changes in the past, changed records in the present. The
 * clusters are taken one by one as the evidence is written, and only those that changed are kept meanwhile.
 */
export async function storeAssessed(
  deps: SweepDependencies,
  request: SweepRequest,
  part: string,
  assessed: Iterable<AssessedCluster | ExcludedCluster>,
): Promise<Stored> {
  const changed: ClusterChange[] = [];
  const changes: Change[] = [];
  let tally = emptyTally;
  let isWhole = false;

  function* evidenceLines(): Generator<string> {
    for (const one of assessed) {
      if ("reason" in one) {
        deps.onExcluded?.(one);
        yield JSON.stringify({ cluster: one.cluster, presence: "excluded", reason: one.reason });
        continue;
      }
      tally = withCluster(tally, one);
      changes.push(...one.comparison.changes);
      if (isChanged(one)) changed.push(toChange(one));
      tellCluster(deps, one);
      yield evidenceLine(one);
    }
    isWhole = true;
  }
  const { archive, history } = deps;
  // Reading may have taken longer than a lock holds: whoever took over has stored what holds now.
  await renewLock(deps, request.id);
  const evidence = await archive.writePart(request.id, `evidence-${part}.ndjson.gz`, evidenceLines());
  // Clusters whose lines nobody took would neither count nor be remembered, and nobody would miss them.
  if (!isWhole) throw new Error(`The archive did not take all of part ${part}.`);
  const drift =
    changes.length === 0
      ? null
      : await archive.writePart(request.id, `drift-${part}.ndjson.gz`, driftLines(changes));
  // Last, so that of a night that broke off the records say nothing its evidence does not hold.
  if (changed.length > 0) {
    // So may judging and writing so much evidence.
    await renewLock(deps, request.id);
    await history.store(request.id, changed);
  }
  return { tally, changes: changes.map(countOf).reduce(addChanges, noChanges), evidence, drift };
}

function* driftLines(changes: readonly Change[]): Generator<string> {
  for (const change of changes) yield JSON.stringify(change);
}

/** One line a cluster: what was read and what was found. */
function evidenceLine({ comparison, snapshot, score }: AssessedCluster): string {
  return JSON.stringify({
    cluster: comparison.record.cluster,
    presence: comparison.record.presence,
    score,
    readings: snapshot?.readings ?? null,
    findings: comparison.findings,
  });
}

function isChanged({ before, comparison, rewritten }: AssessedCluster): boolean {
  return rewritten !== null || !isSameJson(before, comparison.record);
}

function toChange({ before, rewritten, comparison: { record, findings } }: AssessedCluster): ClusterChange {
  return {
    before,
    rewritten,
    record,
    // What an interrupted try stored of the others is stored again as well, or it would stay.
    findings: findings.filter(
      ({ control }) =>
        before?.findings[control] !== record.findings[control] || rewritten?.findings[control] !== undefined,
    ),
  };
}

function withCluster(tally: Tally, { comparison, score }: AssessedCluster): Tally {
  return comparison.record.presence === "departed"
    ? tally
    : addTallies(tally, tallyOf(score, comparison.findings));
}

function countOf({ status }: Change): ChangeCounts {
  return { ...noChanges, [status]: 1 };
}

function tellCluster(deps: SweepDependencies, { comparison, score }: AssessedCluster): void {
  if (comparison.record.presence === "departed") return;
  deps.onCluster?.({ cluster: comparison.record.cluster, score, findings: comparison.findings });
}
