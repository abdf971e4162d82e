import { parseClusterId } from "../../domain/cluster.ts";
import type { Gap } from "../../domain/gap.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { clustersOfTemplate, isTemplate, type TemplateCluster } from "./arm-template.ts";
import { propertyOf, textOf } from "./property-of.ts";

/** What a document was found to hold. */
export type Sighting =
  | { readonly kind: "cluster"; readonly row: JsonObject }
  | { readonly kind: "templateCluster"; readonly found: TemplateCluster }
  | Page
  /** Azure's own error instead of an answer. */
  | { readonly kind: "refusal"; readonly text: string };

/** A list, or one page of it. */
export interface Page {
  readonly kind: "page";
  readonly rows: number;
  /** What Azure said the whole list has; ARM does not say. */
  readonly total: number | null;
  readonly isContinued: boolean;
}

/** Clusters in the output of `az`, in ARM's and Resource Graph's responses, in templates, and in lists of any of these. */
export function* findClusters(value: unknown): Generator<Sighting> {
  if (Array.isArray(value)) {
    for (const item of value) yield* findClusters(item);
    return;
  }
  if (!isObject(value)) return;
  if (isTemplate(value)) {
    for (const found of clustersOfTemplate(value)) yield { kind: "templateCluster", found };
  } else if (isCluster(value)) {
    yield { kind: "cluster", row: value };
  } else {
    yield* findWrapped(value);
  }
}

function isCluster(row: JsonObject): boolean {
  const type = textOf(row, "type");
  if (type !== null) return type.toLowerCase() === "microsoft.containerservice/managedclusters";
  const id = textOf(row, "id");
  return id !== null && parseClusterId(id) !== null;
}

function* findWrapped(value: JsonObject): Generator<Sighting> {
  const rows = rowsOf(value);
  if (rows !== null) {
    yield* findClusters(rows);
    yield pageOf(value, rows.length);
    return;
  }
  const refusal = propertyOf(value, "error");
  if (isObject(refusal) && textOf(refusal, "code") !== null) {
    yield {
      kind: "refusal",
      text: [textOf(refusal, "code"), textOf(refusal, "message")].filter((one) => one !== null).join(": "),
    };
  }
  // What `az group export` and the portal wrap around a template.
  yield* findClusters(propertyOf(value, "template"));
}

/** `value` of an ARM list, `data` of Resource Graph as objects or as a table. */
function rowsOf(value: JsonObject): readonly unknown[] | null {
  const list = propertyOf(value, "value");
  if (Array.isArray(list)) return list;
  const data = propertyOf(value, "data");
  if (Array.isArray(data)) return data;
  return isObject(data) ? rowsOfTable(data) : null;
}

function rowsOfTable(table: JsonObject): readonly unknown[] | null {
  const columns = propertyOf(table, "columns");
  const rows = propertyOf(table, "rows");
  if (!Array.isArray(columns) || !Array.isArray(rows)) return null;
  const names = columns.map((column) => (isObject(column) ? (textOf(column, "name") ?? "") : String(column)));
  return rows.map((row) =>
    Array.isArray(row) ? Object.fromEntries(names.map((name, index) => [name, row[index]])) : row,
  );
}

/** Resource Graph says `$skipToken`, `az graph query` `skip_token`, ARM `nextLink`; a list cut without a token says so in a string. */
function pageOf(value: JsonObject, rows: number): Page {
  const tokens = ["nextLink", "$skipToken", "skipToken", "skip_token"].map((name) => textOf(value, name));
  const isCut = String(propertyOf(value, "resultTruncated")).toLowerCase() === "true";
  const total = propertyOf(value, "totalRecords") ?? propertyOf(value, "total_records");
  return {
    kind: "page",
    rows,
    total: typeof total === "number" ? total : null,
    isContinued: isCut || tokens.some((token) => token !== null && token !== ""),
  };
}

/** What is missing of the lists whose pages were found, if anything. */
export function unseenPages(document: string, pages: readonly Page[]): readonly Gap[] {
  const continued = pages.filter(({ isContinued }) => isContinued);
  // Every page of a Resource Graph answer tells the total, so pages that add up to it are all there.
  const missing = continued.find(({ total }) => total === null || rowsOfTotal(pages, total) < total);
  if (missing === undefined) return [];
  const held =
    missing.total === null
      ? `${missing.rows} rows`
      : `${rowsOfTotal(pages, missing.total)} of ${missing.total} rows`;
  return [
    {
      scope: document,
      reason: "incomplete",
      detail: `The document holds ${held} of a list that goes on: the clusters on its other pages were not read.`,
      remedy:
        "Save all pages: `az aks list` follows them by itself, `az graph query` with --first and --skip-token.",
    },
  ];
}

function rowsOfTotal(pages: readonly Page[], total: number): number {
  return pages.filter((page) => page.total === total).reduce((sum, page) => sum + page.rows, 0);
}
