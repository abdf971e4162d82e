import type { Change } from "../domain/drift.ts";
import { addTallies, emptyTally, type Tally, tallyOf } from "../domain/posture.ts";
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

/** Counts and names of what was stored. */
export interface Stored {
  readonly tally: Tally;
  readonly changes: ChangeCounts;
  readonly evidence: ArchivedPart;
  readonly drift: ArchivedPart | null;
}

/** Stores what became of some clusters: changed records in the present, all evidence and the changes in the past. */
export async function storeAssessed(
  deps: SweepDependencies,
  request: SweepRequest,
  part: string,
  assessed: readonly AssessedCluster[],
): Promise<Stored> {
  const changed = assessed.filter(
    ({ before, comparison, rewritten }) => rewritten !== null || !isSameJson(before, comparison.record),
  );
  await deps.history.store(
    request.id,
    changed.map(({ before, rewritten, comparison }) => ({
      before,
      rewritten,
      record: comparison.record,
      findings: comparison.findings.filter(
        ({ control }) =>
          before?.findings[control] !== comparison.record.findings[control] ||
          rewritten?.findings[control] !== undefined,
      ),
    })),
  );
  const evidence = await deps.archive.writePart(
    request.id,
    `evidence-${part}.ndjson.gz`,
    evidenceLines(assessed),
  );
  const changes = assessed.flatMap(({ comparison }) => comparison.changes);
  const drift =
    changes.length === 0
      ? null
      : await deps.archive.writePart(
          request.id,
          `drift-${part}.ndjson.gz`,
          changes.map((change) => JSON.stringify(change)),
        );

  for (const one of assessed) tellCluster(deps, one);
  return {
    tally: addUp(assessed),
    changes: changes.map(countOf).reduce(addChanges, noChanges),
    evidence,
    drift,
  };
}

/** One line a cluster: what was read and what was found. */
function* evidenceLines(assessed: readonly AssessedCluster[]): Iterable<string> {
  for (const { comparison, snapshot, score } of assessed) {
    yield JSON.stringify({
      cluster: comparison.record.cluster,
      presence: comparison.record.presence,
      score,
      readings: snapshot?.readings ?? null,
      findings: comparison.findings,
    });
  }
}

function addUp(assessed: readonly AssessedCluster[]): Tally {
  let tally = emptyTally;
  for (const { comparison, score } of assessed) {
    if (comparison.record.presence !== "departed")
      tally = addTallies(tally, tallyOf(score, comparison.findings));
  }
  return tally;
}

function countOf({ status }: Change): ChangeCounts {
  return { ...noChanges, [status]: 1 };
}

function tellCluster(deps: SweepDependencies, { comparison, score }: AssessedCluster): void {
  if (comparison.record.presence === "departed") return;
  deps.onCluster?.({ cluster: comparison.record.cluster, score, findings: comparison.findings });
}
