import type { GraphFault } from "../fault-kinds.ts";

/** What a page is cut from. */
export interface PageCut<Row> {
  readonly result: { readonly rows: readonly Row[] };
  readonly offset: number;
  readonly top: number;
  /** False for results that Resource Graph never continues. */
  readonly isPageable: boolean;
  readonly fault: GraphFault | undefined;
}

/** One page: its rows, what it says of them, and where the next begins, if there is a next. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextOffset: number | undefined;
  readonly isTruncated: boolean;
  /** Rows on the page, as it says itself. */
  readonly count: number;
  /** Rows of the whole result, as it says. */
  readonly total: number;
}

/** Cuts one page from a result; the cost is the page's, not the result's. */
export function cutPage<Row>({ result, offset, top, isPageable, fault }: PageCut<Row>): Page<Row> {
  const total = result.rows.length;
  const page = pageAt(result, offset, top, isPageable);
  // So many of the rows on the pages before are gone by now, or have company.
  const moved = Math.min(offset, Math.ceil(top / 2));
  switch (fault) {
    case "endlessPages":
      // Past the last row it begins again.
      return { ...page, nextOffset: page.nextOffset ?? 0, isTruncated: false };
    case "duplicateRows":
      return withRows(page, [...page.rows, ...page.rows.slice(0, 1)]);
    case "reorderedPages": {
      const end = Math.max(0, total - offset);
      return withRows(page, result.rows.slice(Math.max(0, end - top), end).reverse());
    }
    case "truncatedWithoutToken":
      return {
        ...withRows(page, page.rows.slice(0, Math.floor(page.rows.length / 2))),
        nextOffset: undefined,
        isTruncated: true,
      };
    case "rowsVanish":
      return { ...pageAt(result, offset + moved, top, isPageable), total: total - moved };
    case "rowsVanishUncounted":
      return pageAt(result, offset + moved, top, isPageable);
    case "rowsAppear":
      return { ...pageAt(result, offset - moved, top, isPageable), total: total + moved };
    case "countTooHigh":
      return { ...page, count: page.count + 1 };
    case "countTooLow":
      return { ...page, count: Math.max(0, page.count - 1) };
    case "totalTooHigh":
      return { ...page, total: total + 1 };
    case "totalTooLow":
      return { ...page, total: Math.max(0, total - 1) };
    case undefined:
      return page;
    default:
      return fault satisfies never;
  }
}

/** A page with a token calls itself not truncated; that word is kept for rows that cannot be reached. */
function pageAt<Row>(
  result: PageCut<Row>["result"],
  offset: number,
  top: number,
  isPageable: boolean,
): Page<Row> {
  const total = result.rows.length;
  const end = Math.min(offset + top, total);
  const rows = result.rows.slice(offset, end);
  const hasMore = end < total;
  return {
    rows,
    nextOffset: hasMore && isPageable ? end : undefined,
    isTruncated: hasMore && !isPageable,
    count: rows.length,
    total,
  };
}

function withRows<Row>(page: Page<Row>, rows: readonly Row[]): Page<Row> {
  return { ...page, rows, count: rows.length };
}
