import { SourceError } from "../../application/source-error.ts";
import type { GraphPage } from "./graph-page.ts";

/** What can be said of one reading of all pages of a query. */
export interface GraphPass {
  /** @throws SourceError when the pages do not end, or the page lacks rows for good */
  take(page: GraphPage): void;
  /** Every row that Azure counts has come. */
  isWhole(): boolean;
  isOnePage(): boolean;
  incomplete(): SourceError;
}

/**
 * One reading of all pages. Pages are no snapshot: a row that is deleted between two of them pulls a later one
 * forward, past the reader. The total tells: it must stay the same and be reached. It does not tell of a deletion
 * and a creation at once: who cannot do without the row that this may hide reads all pages again.
 */
export function createGraphPass(task: string): GraphPass {
  const keys = new Set<string>();
  const totals = new Set<number>();
  let total = 0;
  let fruitless = 0;
  let pages = 0;
  const error = (what: string, remedy: string | null = null) =>
    new SourceError(`Could not read ${task} in full: ${what}.`, { reason: "incomplete", remedy });

  return {
    take(page) {
      if (page.shortfall) throw error(page.shortfall.what, page.shortfall.remedy);
      pages += 1;
      const before = keys.size;
      for (const { key } of page.rows) keys.add(key);
      totals.add(page.total);
      total = page.total;
      fruitless = keys.size === before ? fruitless + 1 : 0;
      // One page may come twice; pages beyond the total, or one after another with nothing new, never end.
      const isEndless = page.skipToken !== null && (keys.size > total || fruitless > 1);
      if (isEndless)
        throw error(`after ${keys.size} of ${total} rows Resource Graph still promises more pages`);
    },
    isWhole: () => totals.size === 1 && keys.size >= total,
    isOnePage: () => pages === 1,
    incomplete: () =>
      error(
        totals.size === 1 && keys.size >= total
          ? "its rows keep changing while they are read"
          : `${keys.size} rows came, Resource Graph counts ${[...totals].join(", then ")}`,
      ),
  };
}
