import { answerWritten } from "../errors.ts";
import type { EmulatedResponse } from "../service.ts";
import type { Page } from "./graph-page.ts";
import type { GraphRequest } from "./graph-request.ts";
import type { RenderedRows } from "./rendered-rows.ts";

/** Kusto's types in the words of the `table` format. */
const typeNames = {
  string: "string",
  bool: "boolean",
  long: "integer",
  dynamic: "object",
} as const;

/** Answers a page around the bytes of its rows; nothing of them is written again. */
export function answerPage(
  result: RenderedRows,
  page: Page<number>,
  format: GraphRequest["resultFormat"],
  skipToken: string | undefined,
  headers: Readonly<Record<string, string>>,
): EmulatedResponse {
  const before = JSON.stringify({ totalRecords: page.total, count: page.count });
  const after = JSON.stringify({
    facets: [],
    // A string, not a boolean: so it comes over the wire.
    resultTruncated: String(page.isTruncated),
    ...(skipToken !== undefined && { $skipToken: skipToken }),
  });
  const data = format === "table" ? [writeTable(result, page.rows)] : inList(result.jsonOf(page.rows));
  const body = [Buffer.from(`${before.slice(0, -1)},"data":`), ...data, Buffer.from(`,${after.slice(1)}`)];
  return { ...answerWritten(body, headers), rows: page.rows.length };
}

function inList(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  return [Buffer.from("["), ...pieces, Buffer.from("]")];
}

/** Columns and rows of cells: seldom asked for, so it is made from the objects. */
function writeTable(result: RenderedRows, numbers: readonly number[]): Uint8Array {
  const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(
    Buffer.concat(inList(result.jsonOf(numbers))).toString("utf8"),
  );
  const columns = [...result.columns].map(([name, type]) => ({ name, type: typeNames[type] }));
  const cells = rows.map((row) => columns.map(({ name }) => row[name]));
  return Buffer.from(JSON.stringify({ columns, rows: cells }));
}
