import { odata } from "@azure/data-tables";
import type { RecordBefore } from "../../application/ports.ts";
import { beforeProperties, readRecord, recordProperties } from "./cluster-row.ts";
import { type PartitionRun, partitionRuns } from "./partition-runs.ts";
import type { RememberedSubscriptions } from "./remembered-subscriptions.ts";
import type { Table } from "./table.ts";
import { tableKey } from "./table-key.ts";

/**
 * Streams what was remembered of the subscriptions before a sweep. A batch is cut from the ordered list of
 * subscriptions, so that a range of partitions is nearly all its own; a scattered list is read in several.
 */
export async function* recordsBefore(
  clusters: Table,
  remembered: RememberedSubscriptions,
  sweepId: string,
  subscriptionIds: readonly string[],
): AsyncGenerator<RecordBefore> {
  const wanted = [...new Set(subscriptionIds.map((id) => tableKey(id)))].sort();
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) return;

  const known = first === last ? [] : await remembered.between(first, last);
  const own = new Set(wanted);
  for (const run of partitionRuns(wanted, known)) yield* recordsOfRun(clusters, sweepId, run, own);
}

async function* recordsOfRun(
  clusters: Table,
  sweepId: string,
  run: PartitionRun,
  own: ReadonlySet<string>,
): AsyncGenerator<RecordBefore> {
  const range =
    run.first === run.last
      ? odata`PartitionKey eq ${run.first}`
      : odata`PartitionKey ge ${run.first} and PartitionKey le ${run.last}`;
  // Rows of this very sweep: a batch that was interrupted or comes again. Only they need the record before.
  const rewritten = new Set<string>();
  for await (const row of clusters.list({ filter: range, select: recordProperties })) {
    if (!own.has(row.partitionKey)) continue;
    if (row.sweepId === sweepId) {
      rewritten.add(`${row.partitionKey}|${row.rowKey}`);
      continue;
    }
    const record = readRecord(clusters.name, row, "record");
    if (record) yield { record, isRewritten: false };
  }
  if (rewritten.size === 0) return;

  const filter = `${range} and ${odata`sweepId eq ${sweepId}`}`;
  for await (const row of clusters.list({ filter, select: beforeProperties })) {
    const record = rewritten.has(`${row.partitionKey}|${row.rowKey}`)
      ? readRecord(clusters.name, row, "before")
      : null;
    if (record) yield { record, isRewritten: true };
  }
}
