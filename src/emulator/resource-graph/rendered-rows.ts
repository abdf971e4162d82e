import type { Columns } from "./kusto/compile.ts";
import { answerCells, type Rows } from "./kusto/evaluate.ts";

/** The rows of a result as they go over the wire: each written as JSON once, and nothing else of them kept. */
export interface RenderedRows {
  readonly columns: Columns;
  /** The rows by their numbers: 0, 1, 2 … */
  readonly rows: readonly number[];
  readonly sizeInBytes: number;
  /** The JSON of some rows with commas between them, in views of what is kept. */
  jsonOf(rows: readonly number[]): readonly Uint8Array[];
}

const comma = Buffer.from(",");

/** Writes every row of a result as a JSON object. */
export function renderRows(result: Rows): RenderedRows {
  const names = [...result.columns.keys()];
  const texts = result.rows.map((row) => {
    const cells = answerCells(result, row);
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  });
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafeSlow(sizes.reduce((sum, size) => sum + size + comma.length, 0));
  // Where each row begins, and where one more would: a comma lies before the next.
  const starts = new Uint32Array(texts.length + 1);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at += bytes.write(text, at);
    at += comma.copy(bytes, at);
    starts[index + 1] = at;
  }
  const startOf = (row: number): number => starts[row] ?? at;
  return {
    columns: result.columns,
    rows: texts.map((_, index) => index),
    sizeInBytes: bytes.length + starts.byteLength,
    jsonOf: (rows) =>
      runsOf(rows).flatMap(([first, last], index) => {
        const run = bytes.subarray(startOf(first), startOf(last + 1) - comma.length);
        return index === 0 ? [run] : [comma, run];
      }),
  };
}

/** Neighbours in one piece each: nearly always, a page is a single one. */
function runsOf(rows: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && row === run[1] + 1) run[1] = row;
    else runs.push([row, row]);
  }
  return runs;
}
