import { SourceError } from "../../application/source-error.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import type { Answer } from "./answer.ts";

/** One page of a query's rows. */
export interface GraphPage {
  readonly rows: readonly KeyedRow[];
  /** Rows of the whole query, as Azure counts them. */
  readonly total: number;
  /** Null on the last page. */
  readonly skipToken: string | null;
  /** Why rows are missing that no further page will bring, or null. */
  readonly shortfall: Shortfall | null;
}

interface KeyedRow {
  /** What makes two rows the same: the id whatever its case, or the whole row when it has none. */
  readonly key: string;
  readonly row: unknown;
}

interface Shortfall {
  readonly what: string;
  readonly remedy: string | null;
}

export const emptyPage: GraphPage = { rows: [], total: 0, skipToken: null, shortfall: null };

/** Takes an answer for a page. @throws SourceError when it is none */
export function readPage(task: string, { body, headers }: Answer & { readonly body: JsonObject }): GraphPage {
  const { totalRecords, count, data, $skipToken: token = null } = body;
  const isPage =
    typeof totalRecords === "number" &&
    typeof count === "number" &&
    Array.isArray(data) &&
    (token === null || typeof token === "string");
  if (!isPage) {
    const message = `Could not read ${task}: what came is no page of Resource Graph.`;
    throw new SourceError(message, { reason: "malformed" });
  }

  const skipToken = token === "" ? null : token;
  return {
    rows: data.map((row: unknown) => ({ key: keyOf(row), row })),
    total: totalRecords,
    skipToken,
    shortfall: shortfallOf({ body, headers, missing: count - data.length, isLast: skipToken === null }),
  };
}

interface PageEnd extends Pick<Answer, "headers"> {
  readonly body: JsonObject;
  readonly missing: number;
  readonly isLast: boolean;
}

function shortfallOf({ body, headers, missing, isLast }: PageEnd): Shortfall | null {
  // A string on the wire; a boolean would be just as true.
  if (String(body.resultTruncated) === "true" && isLast) {
    return { what: "Resource Graph cut the result off and gave no token to go on with", remedy: null };
  }
  if (headers.get("x-ms-tenant-subscription-limit-hit") === "true") {
    return {
      what: "Resource Graph looks at the first 10,000 subscriptions and there are more",
      remedy: "Name the management groups or subscriptions to sweep.",
    };
  }
  return missing > 0 ? { what: `a page held ${missing} rows fewer than it says`, remedy: null } : null;
}

function keyOf(row: unknown): string {
  return isObject(row) && typeof row.id === "string" ? row.id.toLowerCase() : JSON.stringify(row);
}
