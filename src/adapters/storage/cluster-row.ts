import { SourceError } from "../../application/source-error.ts";
import type { ClusterRef } from "../../domain/cluster.ts";
import type { ClusterRecord } from "../../domain/drift.ts";
import { isObject } from "../json-object.ts";
import { packText, partNames, unpackText } from "./packed-text.ts";
import { parseObject, readRow } from "./read-row.ts";
import type { FetchedRow, Row } from "./table.ts";
import { tableKey } from "./table-key.ts";

/** Twice as many fit into a row: one text for the record, one for the record before. */
const mostParts = 7;

/** What a night reads of a cluster's row. */
export const recordProperties = ["sweepId", ...partNames("record", mostParts)];
/** What only a repeated batch reads. */
export const beforeProperties = partNames("before", mostParts);

export interface ClusterKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** Subscription, then resource group, name and incarnation, without regard to case. */
export function clusterRowKey({
  id,
  subscriptionId,
  resourceGroup,
  name,
  resourceUid,
}: ClusterRef): ClusterKey {
  if (subscriptionId === null || resourceGroup === null) {
    throw new SourceError(`Cluster ${id} has no subscription or resource group and cannot be remembered.`, {
      reason: "malformed",
    });
  }
  return { partitionKey: tableKey(subscriptionId), rowKey: tableKey(resourceGroup, name, resourceUid ?? "") };
}

/** One row holds the record and, for a repeated batch of the same sweep, the record as it was before that sweep. */
export function clusterRow(sweepId: string, record: ClusterRecord, before: ClusterRecord | null): Row {
  return {
    ...clusterRowKey(record.cluster),
    sweepId,
    isLiving: record.presence !== "departed",
    ...pack("record", record),
    ...(before === null ? {} : pack("before", before)),
  };
}

/** The row of a record that goes on under another key: it remembers nothing any more. */
export function emptiedRow(sweepId: string, { cluster }: ClusterRecord): Row {
  return { ...clusterRowKey(cluster), sweepId, isLiving: false };
}

/** The record in a row, or null when the row remembers none. */
export function readRecord(
  tableName: string,
  row: FetchedRow,
  name: "record" | "before",
): ClusterRecord | null {
  const text = unpackText(name, row);
  return text === null ? null : readRow(tableName, row, () => decodeRecord(parseObject(text)));
}

function pack(name: "record" | "before", record: ClusterRecord): Readonly<Record<string, string>> {
  const parts = packText(name, encodeRecord(record), mostParts);
  if (parts === null)
    throw new SourceError(`Cluster ${record.cluster.id} has more to remember than a table row holds.`, {
      reason: "malformed",
    });
  return parts;
}

/** Verdicts as `pass 1 control`: half the size of objects, read every night for every cluster; their order is kept. */
function encodeRecord({ judged, ...rest }: ClusterRecord): string {
  const entries = Object.entries(judged).map(
    ([control, { verdict, revision }]) => `${verdict} ${revision} ${control}`,
  );
  return JSON.stringify({ ...rest, judged: entries });
}

function decodeRecord({
  cluster,
  presence,
  score,
  judged,
  findings,
}: Readonly<Record<string, unknown>>): ClusterRecord {
  if (!isObject(cluster) || typeof cluster.id !== "string" || typeof cluster.name !== "string")
    throw new Error("it names no cluster");
  if (presence !== "present" && presence !== "unseen" && presence !== "departed")
    throw new Error("its presence is unknown");
  if (score !== null && typeof score !== "number") throw new Error("its score is no number");
  if (!Array.isArray(judged) || !isObject(findings)) throw new Error("it lacks its verdicts");
  return {
    // Written by `encodeRecord` alone; what steers a comparison is checked here, the rest is shown as it stands.
    cluster: cluster as unknown as ClusterRef,
    presence,
    score,
    judged: Object.fromEntries(judged.map(decodeJudged)),
    findings: findings as ClusterRecord["findings"],
  };
}

function decodeJudged(entry: unknown): [string, ClusterRecord["judged"][string]] {
  const [verdict, revision, control] = typeof entry === "string" ? entry.split(" ") : [];
  if (verdict !== "pass" && verdict !== "fail" && verdict !== "notApplicable" && verdict !== "unknown")
    throw new Error("a verdict is unknown");
  if (control === undefined || !Number.isInteger(Number(revision))) throw new Error("a verdict is damaged");
  return [control, { verdict, revision: Number(revision) }];
}
