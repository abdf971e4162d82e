import type { Row } from "./table.ts";

/** Entity group transactions hold at most 100 entities and 4 MiB (https://learn.microsoft.com/azure/storage/tables/scalability-targets); a quarter is left for what surrounds the rows. */
const mostRows = 100;
const mostBytes = 3 * 1024 * 1024;

/** Cuts rows of one partition into transactions; of rows with the same key the last one counts, for a key may appear only once. */
export function* cutTransactions(rows: readonly Row[]): Generator<readonly Row[]> {
  let transaction: Row[] = [];
  let bytes = 0;
  for (const row of new Map(rows.map((one) => [one.rowKey, one])).values()) {
    const size = requestBytes(row);
    if (transaction.length === mostRows || (transaction.length > 0 && bytes + size > mostBytes)) {
      yield transaction;
      transaction = [];
      bytes = 0;
    }
    transaction.push(row);
    bytes += size;
  }
  if (transaction.length > 0) yield transaction;
}

/** What a row takes in a request: its JSON, and its keys once more in the address, percent-encoded, among about a kilobyte of headers. */
function requestBytes(row: Row): number {
  return (
    Buffer.byteLength(JSON.stringify(row)) + encodeURIComponent(row.partitionKey + row.rowKey).length + 1000
  );
}
