import { odata } from "@azure/data-tables";
import { SourceError } from "../../application/source-error.ts";
import type { Sweep } from "../../domain/sweep.ts";
import { isObject } from "../json-object.ts";
import { packLongText, unpackLongText } from "./packed-text.ts";
import { parseObject, readRow } from "./read-row.ts";
import type { FetchedRow, Row, Table } from "./table.ts";
import { tableKey } from "./table-key.ts";

const partitionKey = "sweep";

export async function saveSweep(table: Table, sweep: Sweep): Promise<void> {
  await table.put(sweepRow(sweep));
}

export async function findSweep(table: Table, id: string): Promise<Sweep | null> {
  const row = await table.find(partitionKey, newestFirstKey(id));
  return row === null ? null : readSweep(table.name, row);
}

export async function listSweeps(table: Table, most: number): Promise<readonly Sweep[]> {
  const sweeps: Sweep[] = [];
  if (most < 1) return sweeps;
  for await (const row of table.list({
    filter: odata`PartitionKey eq ${partitionKey}`,
    pageSize: Math.min(most, 100),
  })) {
    sweeps.push(readSweep(table.name, row));
    if (sweeps.length === most) break;
  }
  return sweeps;
}

/** A sweep's id is its slot in time; with every digit d as 9 - d, the newest comes first in the order of keys. */
function newestFirstKey(id: string): string {
  return tableKey(id).replace(/\d/g, (digit) => String(9 - Number(digit)));
}

/** Beside its content in full, a few words for people who look into the table. */
function sweepRow(sweep: Sweep): Row {
  const head = {
    partitionKey,
    rowKey: newestFirstKey(sweep.id),
    sweepId: sweep.id,
    state: sweep.state,
    startedAt: sweep.startedAt,
  };
  let kept = sweep.gaps.length;
  let content = packLongText("sweep", JSON.stringify(sweep));
  while (content === null && kept > 0) {
    kept = Math.floor(kept * 0.8);
    content = packLongText("sweep", JSON.stringify(withFewerGaps(sweep, kept)));
  }
  if (content === null)
    throw new SourceError(`Sweep ${sweep.id} is larger than a table row.`, { reason: "malformed" });
  return { ...head, ...content };
}

/** What is left out is a gap of its own: never fewer gaps than none. */
function withFewerGaps(sweep: Sweep, kept: number): Sweep {
  const rest = {
    scope: "/",
    reason: "incomplete",
    detail: `There are ${sweep.gaps.length - kept} more gaps, which are only in the evidence of the sweep.`,
    remedy: null,
  } as const;
  return { ...sweep, gaps: [...sweep.gaps.slice(0, kept), rest] };
}

function readSweep(tableName: string, row: FetchedRow): Sweep {
  return readRow(tableName, row, () => {
    const sweep = parseObject(unpackLongText("sweep", row));
    if (sweep.id !== row.sweepId) throw new Error("it is not the sweep it says");
    if (sweep.state !== "running" && sweep.state !== "finished" && sweep.state !== "failed")
      throw new Error("its state is unknown");
    if (
      !Array.isArray(sweep.gaps) ||
      !isObject(sweep.tally) ||
      !isObject(sweep.changes) ||
      !isObject(sweep.scope)
    )
      throw new Error("it lacks its figures");
    // Written by `sweepRow` alone; what decides about completeness is checked above.
    return sweep as unknown as Sweep;
  });
}
