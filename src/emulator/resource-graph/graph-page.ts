import type { GraphFault } from "../faults.ts";
import type { Row } from "./kusto/compile.ts";
import { answerCells, type Rows } from "./kusto/evaluate.ts";

/** What a page is cut from. */
export interface PageCut {
  readonly result: Rows;
  readonly offset: number;
  readonly top: number;
  /** False for results that Resource Graph never continues. */
  readonly isPageable: boolean;
  readonly fault: GraphFault | undefined;
}

/** One page: its rows, and where the next begins, if there is a next. */
export interface Page {
  readonly rows: readonly Row[];
  readonly nextOffset: number | undefined;
  readonly isTruncated: boolean;
}

/** Cuts one page from a result; the cost is the page's, not the result's. */
export function cutPage({ result, offset, top, isPageable, fault }: PageCut): Page {
  const total = result.rows.length;
  const end = Math.min(offset + top, total);
  const rows =
    fault === "reorderedPages"
      ? result.rows.slice(total - end, total - Math.min(offset, total)).reverse()
      : result.rows.slice(offset, end);
  switch (fault) {
    case "endlessPages":
      // Past the last row it begins again.
      return { rows, nextOffset: end < total ? end : 0, isTruncated: false };
    case "duplicateRows":
      return {
        ...plain(rows, end, total, isPageable),
        rows: [...rows, ...rows.slice(0, 1)],
      };
    case "truncatedWithoutToken":
      return {
        rows: rows.slice(0, Math.floor(rows.length / 2)),
        nextOffset: undefined,
        isTruncated: true,
      };
    default:
      return plain(rows, end, total, isPageable);
  }
}

/** A page with a token calls itself not truncated; that word is kept for rows that cannot be reached. */
function plain(rows: readonly Row[], end: number, total: number, isPageable: boolean): Page {
  const hasMore = end < total;
  return {
    rows,
    nextOffset: hasMore && isPageable ? end : undefined,
    isTruncated: hasMore && !isPageable,
  };
}

/** Kusto's types in the words of the `table` format. */
const typeNames = {
  string: "string",
  bool: "boolean",
  long: "integer",
  dynamic: "object",
} as const;

/** The `data` of an answer: objects, or columns and rows. */
export function formatPage(result: Rows, rows: readonly Row[], format: "objectArray" | "table"): unknown {
  const cells = rows.map((row) => answerCells(result, row));
  if (format === "table") {
    const columns = [...result.columns].map(([name, type]) => ({
      name,
      type: typeNames[type],
    }));
    return { columns, rows: cells };
  }
  const names = [...result.columns.keys()];
  return cells.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}
