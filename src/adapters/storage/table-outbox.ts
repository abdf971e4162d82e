import { odata } from "@azure/data-tables";
import type { AlertOutbox } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import type { Alert } from "../../domain/alert.ts";
import { isObject } from "../json-object.ts";
import { packLongText, unpackLongText } from "./packed-text.ts";
import { parseObject, readRow } from "./read-row.ts";
import type { FetchedRow, Row, Table } from "./table.ts";
import { tableKey } from "./table-key.ts";

const partitionKey = "alert";

/** Alerts in a table, one row a sweep; rows stay after they are sent, so that a repeated sweep tells nothing twice. */
export function createTableOutbox(table: Table): AlertOutbox {
  return {
    async put(alert) {
      const row = await table.find(partitionKey, tableKey(alert.sweepId));
      if (row?.isPending !== false) await table.put(alertRow(alert));
    },

    async pending() {
      const alerts: Alert[] = [];
      // Keys are slots in time, so that their order is the order of age.
      for await (const row of table.list({
        filter: odata`PartitionKey eq ${partitionKey} and isPending eq ${true}`,
      })) {
        alerts.push(readAlert(table.name, row));
      }
      return alerts;
    },

    async mark(sweepId, sentAt) {
      const row = await table.find(partitionKey, tableKey(sweepId));
      if (row === null || row.isPending === false) return;
      await table.put({ ...alertRow(readAlert(table.name, row)), isPending: false, sentAt });
    },
  };
}

function alertRow(alert: Alert): Row {
  const content = packLongText("alert", JSON.stringify(alert));
  if (content === null)
    throw new SourceError(`The alert of sweep ${alert.sweepId} is larger than a table row.`, {
      reason: "malformed",
    });
  return {
    partitionKey,
    rowKey: tableKey(alert.sweepId),
    sweepId: alert.sweepId,
    isPending: true,
    ...content,
  };
}

function readAlert(tableName: string, row: FetchedRow): Alert {
  return readRow(tableName, row, () => {
    const alert = parseObject(unpackLongText("alert", row));
    if (alert.sweepId !== row.sweepId) throw new Error("it is not the alert it says");
    if (!Array.isArray(alert.entries) || !Array.isArray(alert.gaps) || !isObject(alert.fail))
      throw new Error("it lacks its entries");
    // Written by `alertRow` alone; what a card walks through is checked above.
    return alert as unknown as Alert;
  });
}
