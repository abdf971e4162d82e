import { odata } from "@azure/data-tables";
import type { RecordBefore } from "../../application/ports.ts";
import type { ClusterRecord } from "../../domain/drift.ts";
import { beforeProperties, readRecord, recordProperties } from "./cluster-row.ts";
import { type PartitionRun, partitionRuns } from "./partition-runs.ts";
import type { RememberedSubscriptions } from "./remembered-subscriptions.ts";
import type { FetchedRow, Table } from "./table.ts";
import { tableKey } from "./table-key.ts";

/**
 * Streams what was remembered of the subscriptions before a sweep. A batch is cut from the ordered list of
 * subscriptions, so that a range of partitions is nearly all its own; a scattered list is read in several.
 */
export async function* recordsBefore(
  clusters: Table,
  remembered: RememberedSubscriptions,
  sweepIds: readonly string[],
  subscriptionIds: readonly string[],
): AsyncGenerator<RecordBefore> {
  const wanted = [...new Set(subscriptionIds.map((id) => tableKey(id)))].sort();
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) return;

  const known = first === last ? [] : await remembered.between(first, last);
  const own = new Set(wanted);
  for (const run of partitionRuns(wanted, known)) yield* recordsOfRun(clusters, sweepIds, run, own);
}

async function* recordsOfRun(
  clusters: Table,
  sweepIds: readonly string[],
  run: PartitionRun,
  own: ReadonlySet<string>,
): AsyncGenerator<RecordBefore> {
  const range =
    run.first === run.last
      ? odata`PartitionKey eq ${run.first}`
      : odata`PartitionKey ge ${run.first} and PartitionKey le ${run.last}`;
  // Rows of a batch that was interrupted or comes again. Only they need the record before.
  const rewritten = new Map<string, ClusterRecord>();
  for await (const row of clusters.list({ filter: range, select: recordProperties })) {
    if (!own.has(row.partitionKey)) continue;
    const record = readRecord(clusters.name, row, "record");
    if (record === null) continue;
    if (typeof row.sweepId === "string" && sweepIds.includes(row.sweepId)) rewritten.set(keyOf(row), record);
    else yield { record, rewritten: null };
  }
  for (const sweepId of sweepIds) {
    if (rewritten.size === 0) break;
    const filter = `${range} and ${odata`sweepId eq ${sweepId}`}`;
    for await (const row of clusters.list({ filter, select: beforeProperties })) {
      const record = rewritten.get(keyOf(row));
      if (record === undefined) continue;
      rewritten.delete(keyOf(row));
      yield { record: readRecord(clusters.name, row, "before"), rewritten: record };
    }
  }
}

function keyOf({ partitionKey, rowKey }: FetchedRow): string {
  return `${partitionKey}|${rowKey}`;
}
