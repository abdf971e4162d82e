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
  /** About how many rows there are in all, where several pages would be read again. */
  readonly expectedRows?: number;
}

/** Of a page's thousand rows so many are counted on, since subscriptions differ. */
const roomOnPage = 850;

/**
 * Reads the rows of any number of subscriptions, as many at a time as Resource Graph likes, and hands them over one
 * by one. Answers why rows of a subscription may be missing, or null; that none came of it proves nothing all the same.
 */
export async function readGraphRows(
  graph: ResourceGraph,
  { query, what, role, expectedRows = 0, ...options }: WideQuery,
  subscriptionIds: Iterable<string>,
  take: (row: unknown) => void,
): Promise<(subscriptionId: string) => SourceError | null> {
  const failures = new Map<string, SourceError>();
  const all = [...new Set([...subscriptionIds].map((id) => id.toLowerCase()))];
  let atOnce = atOnceFor(all.length, expectedRows);
  for (let start = 0; start < all.length; ) {
    const some = all.slice(start, start + atOnce);
    start += some.length;
    const { rows, failure } = await takeRows(
      graph({
        ...options,
        query,
        subscriptions: some,
        task: `${what} of ${some.length === 1 ? `subscription ${some[0]}` : `${some.length} subscriptions`}`,
        remedy: grantRoleOnSubscriptions(role, some),
        isEmptyWhenNoneReadable: true,
      }),
      take,
    );
    // Only what is read again is worth keeping on one page: the rest takes its pages one by one either way.
    if (options.isReadAgain && failure === null) atOnce = atOnceFor(some.length, rows);
    if (failure === null) continue;
    // Who has given up under load is not asked for the rest, which shares the reason.
    const isOver = failure.reason === "unavailable" || failure.reason === "throttled";
    for (const id of isOver ? [...some, ...all.slice(start)] : some) failures.set(id, failure);
    if (isOver) break;
  }
  return (subscriptionId) => failures.get(subscriptionId.toLowerCase()) ?? null;
}

async function takeRows(
  pages: AsyncIterable<readonly unknown[]>,
  take: (row: unknown) => void,
): Promise<{ readonly rows: number; readonly failure: SourceError | null }> {
  let rows = 0;
  try {
    for await (const page of pages) {
      rows += page.length;
      for (const row of page) take(row);
    }
    return { rows, failure: null };
  } catch (error) {
    if (error instanceof SourceError) return { rows, failure: error };
    throw error;
  }
}

/** So many subscriptions that their rows go on one page, when so many have so many rows. */
function atOnceFor(subscriptions: number, rows: number): number {
  const fitting = Math.floor((subscriptions * roomOnPage) / Math.max(1, rows));
  return Math.max(1, Math.min(mostSubscriptionsAtOnce, fitting));
}
