import { SourceError } from "../../application/source-error.ts";
import type { Answer } from "./answer.ts";
import { isObject, type RawObject } from "./row.ts";

/** One page of a query's rows. */
export interface GraphPage {
  readonly rows: readonly KeyedRow[];
  /** Rows of the whole query, as Azure counts them. */
  readonly total: number;
  /** Null on the last page. */
  readonly skipToken: string | null;
}

export interface KeyedRow {
  /** What makes two rows the same: the id whatever its case, or the whole row when it has none. */
  readonly key: string;
  readonly row: unknown;
}

/** Takes an answer for a page. @throws SourceError when it is none, or when rows were cut off that no token leads to */
export function readPage(task: string, { body, headers }: Answer & { readonly body: RawObject }): GraphPage {
  const { totalRecords, count, data, resultTruncated, $skipToken: token = null } = body;
  const isPage =
    typeof totalRecords === "number" &&
    typeof count === "number" &&
    Array.isArray(data) &&
    (token === null || typeof token === "string");
  if (!isPage)
    throw new SourceError(`Could not read ${task}: what came is no page of Resource Graph.`, {
      reason: "malformed",
    });

  const skipToken = token === "" ? null : token;
  // A string on the wire; a boolean would be just as true.
  if (String(resultTruncated) === "true" && skipToken === null) {
    throw incomplete(
      task,
      `Resource Graph cut the result off after ${data.length} of ${totalRecords} rows and gave no token to go on with`,
    );
  }
  if (headers.get("x-ms-tenant-subscription-limit-hit") === "true") {
    throw incomplete(
      task,
      "Resource Graph looks at 10,000 subscriptions at most and there are more",
      "Name management groups or subscriptions to sweep.",
    );
  }
  if (count > data.length) throw incomplete(task, `a page of ${count} rows held ${data.length}`);
  return { rows: data.map((row: unknown) => ({ key: keyOf(row), row })), total: totalRecords, skipToken };
}

function keyOf(row: unknown): string {
  return isObject(row) && typeof row.id === "string" ? row.id.toLowerCase() : JSON.stringify(row);
}

function incomplete(task: string, what: string, remedy: string | null = null): SourceError {
  return new SourceError(`Could not read ${task} in full: ${what}.`, { reason: "incomplete", remedy });
}
