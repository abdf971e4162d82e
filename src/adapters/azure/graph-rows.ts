import { mostSubscriptionsAtOnce } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import { grantRoleOnSubscriptions } from "./remedies.ts";
import type { GraphQuery, ResourceGraph } from "./resource-graph.ts";

/** One query for resources of many subscriptions. */
export interface WideQuery extends Pick<GraphQuery, "withInherited" | "isReadAgain"> {
  readonly query: string;
  /** As in `the route tables`. */
  readonly what: string;
  readonly role: "Reader" | "Security Reader";
}

/**
 * Reads the rows of any number of subscriptions, as many at a time as Resource Graph likes, and hands them over one
 * by one. Answers why rows of a subscription may be missing, or null; that none came of it proves nothing all the same.
 */
export async function readGraphRows(
  graph: ResourceGraph,
  { query, what, role, ...options }: WideQuery,
  subscriptionIds: Iterable<string>,
  take: (row: unknown) => void,
): Promise<(subscriptionId: string) => SourceError | null> {
  const failures = new Map<string, SourceError>();
  const all = [...new Set([...subscriptionIds].map((id) => id.toLowerCase()))];
  for (let start = 0; start < all.length; start += mostSubscriptionsAtOnce) {
    const some = all.slice(start, start + mostSubscriptionsAtOnce);
    try {
      const pages = graph({
        ...options,
        query,
        subscriptions: some,
        task: `${what} of ${some.length === 1 ? `subscription ${some[0]}` : `${some.length} subscriptions`}`,
        remedy: grantRoleOnSubscriptions(role, some),
        isEmptyWhenNoneReadable: true,
      });
      for await (const page of pages) for (const row of page) take(row);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      for (const id of some) failures.set(id, error);
    }
  }
  return (subscriptionId) => failures.get(subscriptionId.toLowerCase()) ?? null;
}
