import type { ClusterChange } from "../../application/ports.ts";
import type { ClusterRecord } from "../../domain/drift.ts";
import { inParallel } from "../in-parallel.ts";
import { clusterRow, clusterRowKey, emptiedRow } from "./cluster-row.ts";
import { findingRow, findingRowKey } from "./finding-row.ts";
import type { RememberedSubscriptions } from "./remembered-subscriptions.ts";
import type { Row, Table } from "./table.ts";

export interface ClusterTables {
  readonly clusters: Table;
  readonly findings: Table;
  readonly remembered: RememberedSubscriptions;
}

const mostPartitionsAtOnce = 8;

/**
 * Stores what changed, by subscription: first the cluster records, which carry the sweep's id, then the findings. So
 * the next sweep finds by its record whatever an interrupted one has touched, and stores its findings again. Nothing is
 * read and no write is conditional: one sweep runs at a time, and whatever it writes again comes from the same `before`.
 */
export async function storeClusters(
  tables: ClusterTables,
  sweepId: string,
  changes: readonly ClusterChange[],
): Promise<void> {
  const byPartition = new Map<string, ClusterChange[]>();
  for (const change of changes) {
    const { partitionKey } = clusterRowKey(change.record.cluster);
    const others = byPartition.get(partitionKey);
    if (others) others.push(change);
    else byPartition.set(partitionKey, [change]);
  }
  const partitions = [...byPartition];
  const moved = partitions.filter(([, group]) => group.some(comesOrGoes)).map(([partition]) => partition);
  const living = new Set(
    partitions
      .filter(([, group]) => group.some(({ record }) => isLiving(record)))
      .map(([partition]) => partition),
  );

  await tables.remembered.unsettle(sweepId, moved);
  await inParallel(mostPartitionsAtOnce, partitions, ([, group]) => storePartition(tables, sweepId, group));
  await tables.remembered.settle(sweepId, moved, living);
}

async function storePartition(
  { clusters, findings }: ClusterTables,
  sweepId: string,
  changes: readonly ClusterChange[],
): Promise<void> {
  // Before the records, which alone tell which findings these are.
  for (const change of changes) {
    const { record } = change;
    for (const control of forgotten(change)) {
      const { partitionKey, rowKey } = findingRowKey(record.cluster, control);
      await findings.remove(partitionKey, rowKey);
    }
  }
  await clusters.putAll(changes.flatMap((change) => clusterRows(sweepId, change)));
  await findings.putAll(changes.flatMap((change) => findingRows(sweepId, change)));
}

function findingRows(sweepId: string, change: ClusterChange): readonly Row[] {
  const { record, findings } = change;
  const gone = new Set(forgotten(change));
  return findings
    .filter(({ control }) => !gone.has(control))
    .map((finding) => findingRow(sweepId, record.cluster, finding));
}

/** A record that continues under another key (a row that no longer names its incarnation) must not be remembered twice. */
function clusterRows(sweepId: string, { record, before }: ClusterChange): readonly Row[] {
  const row = clusterRow(sweepId, record, before);
  const isMoved = before !== null && clusterRowKey(before.cluster).rowKey !== row.rowKey;
  return isMoved ? [row, emptiedRow(sweepId, before)] : [row];
}

/** Controls whose findings fell out of memory, or were stored by a try that did not hold. */
function forgotten({ record, before, rewritten }: ClusterChange): readonly string[] {
  const stored = { ...before?.findings, ...rewritten?.findings };
  return Object.keys(stored).filter((control) => !(control in record.findings));
}

function comesOrGoes({ record, before }: ClusterChange): boolean {
  return !isLiving(record) || before === null || !isLiving(before);
}

function isLiving({ presence }: ClusterRecord): boolean {
  return presence !== "departed";
}
