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
  return pack(result.columns, writeRows(result));
}

function writeRows(result: Rows): readonly string[] {
  const names = [...result.columns.keys()];
  return result.rows.map((row) => {
    const cells = answerCells(result, row);
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index]])));
  });
}

/** Apart from the writing, because what is returned keeps alive whatever any function in here mentions. */
function pack(columns: Columns, texts: readonly string[]): RenderedRows {
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + comma.length, 0);
  const bytes = Buffer.allocUnsafeSlow(size);
  // Where each row begins, and where one more would: a comma lies before the next.
  const starts = new Uint32Array(texts.length + 1);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at += bytes.write(text, at);
    at += comma.copy(bytes, at);
    starts[index + 1] = at;
  }
  const startOf = (row: number): number => starts[row] ?? size;
  return {
    columns,
    rows: texts.map((_, index) => index),
    sizeInBytes: size + starts.byteLength,
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
