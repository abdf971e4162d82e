import type { Contents, ListedWorld, RawObject, World } from "./world.ts";

interface Sorted {
  readonly rows: RawObject[];
  readonly armOnly: Record<string, RawObject>;
  readonly missingFromGraph: string[];
}

/** What lies where nothing lies. */
export const noContents: Contents = { rows: [], armOnly: {}, missingFromGraph: [] };

/** A world from lists of all there is. */
export function createListedWorld(listed: ListedWorld): World {
  const { rows, armOnly, missingFromGraph, ...frame } = listed;
  const bySubscription = new Map<string, Sorted>();
  function contentsOf(subscriptionId: string): Sorted {
    const known = bySubscription.get(subscriptionId);
    const contents = known ?? { rows: [], armOnly: {}, missingFromGraph: [] };
    if (!known) bySubscription.set(subscriptionId, contents);
    return contents;
  }
  for (const row of rows) contentsOf(subscriptionOfRow(row)).rows.push(row);
  for (const [id, object] of Object.entries(armOnly)) contentsOf(subscriptionOfId(id)).armOnly[id] = object;
  for (const id of missingFromGraph) contentsOf(subscriptionOfId(id)).missingFromGraph.push(id);
  return { ...frame, contentsOf: (subscriptionId) => bySubscription.get(subscriptionId) ?? noContents };
}

/** The subscription a resource id names, lower case; empty for what lies above subscriptions. */
export function subscriptionOfId(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? "";
}

/** A row lies where its column says: the id of a broken row may say nothing. */
function subscriptionOfRow({ id, subscriptionId }: RawObject): string {
  if (typeof subscriptionId === "string" && subscriptionId !== "") return subscriptionId.toLowerCase();
  return typeof id === "string" ? subscriptionOfId(id) : "";
}
