import { SourceError } from "../../../application/source-error.ts";
import type { GraphQuery, ResourceGraph } from "../resource-graph.ts";

/** What came of a query, and why that may not be all. */
export interface RowsRead {
  readonly rows: readonly unknown[];
  readonly failure: SourceError | null;
}

/** All rows of a query at once; for tables that are small beside those of clusters and machines. */
export async function readRows(graph: ResourceGraph, query: GraphQuery): Promise<RowsRead> {
  const rows: unknown[] = [];
  try {
    for await (const page of graph(query)) rows.push(...page);
    return { rows, failure: null };
  } catch (error) {
    if (error instanceof SourceError) return { rows, failure: error };
    throw error;
  }
}
