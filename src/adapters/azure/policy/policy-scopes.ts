import { SourceError } from "../../../application/source-error.ts";
import { isObject } from "../../json-object.ts";
import { readGraphRows } from "../graph-rows.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { ancestorsQuery, managementGroupsQuery } from "./policy-queries.ts";

/** What lies above a subscription. */
export interface Ancestors {
  /** Ids of its management groups, lower case, nearest first. */
  readonly managementGroups: readonly string[];
  /** What could not be seen there, each with what would show it. */
  readonly unseen: readonly string[];
}

/**
 * The management groups above subscriptions, and which of them nobody may look into: what is assigned there is then
 * not shown, and its absence proves nothing. @throws SourceError when the groups cannot be read at all
 */
export async function readAncestors(
  graph: ResourceGraph,
  subscriptionIds: readonly string[],
): Promise<(subscriptionId: string) => Ancestors> {
  const chains = new Map<string, readonly string[]>();
  await readGraphRows(
    graph,
    { query: ancestorsQuery, what: "the management groups", role: "Reader" },
    subscriptionIds,
    (row) => {
      if (!isObject(row) || typeof row.subscriptionId !== "string" || !Array.isArray(row.chain)) return;
      const names = row.chain.map((link: unknown) => (isObject(link) ? link.name : null));
      if (names.every((name) => typeof name === "string"))
        chains.set(row.subscriptionId.toLowerCase(), names.map(groupId));
    },
  );
  const readable = await readableGroups(graph);

  return (subscriptionId) => {
    const chain = chains.get(subscriptionId.toLowerCase());
    if (chain === undefined)
      return {
        managementGroups: [],
        unseen: [
          `which management groups subscription ${subscriptionId} is under (the role Reader on it would tell)`,
        ],
      };
    const hidden = chain.filter((id) => !readable.has(id));
    return {
      managementGroups: chain,
      unseen: hidden.map((id) => `what is assigned at ${id} (the role Reader there would tell)`),
    };
  };
}

async function readableGroups(graph: ResourceGraph): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const query = {
    query: managementGroupsQuery,
    task: "the management groups of the tenant",
    remedy: "Grant the monitor's identity the role Reader on the management groups.",
    isEmptyWhenNoneReadable: true,
  };
  try {
    for await (const page of graph(query))
      for (const row of page) if (isObject(row) && typeof row.id === "string") ids.add(row.id.toLowerCase());
  } catch (error) {
    // Groups that were not read are groups nobody saw: the caller says so of each.
    if (!(error instanceof SourceError)) throw error;
  }
  return ids;
}

function groupId(name: string): string {
  return `/providers/microsoft.management/managementgroups/${name.toLowerCase()}`;
}
