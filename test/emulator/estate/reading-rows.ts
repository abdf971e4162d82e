import type { ListedWorld, RawObject } from "../../../src/emulator/estate/world.ts";

/** The value at a dotted path, undefined where the path ends early. Array positions are numbers. */
export function at(value: unknown, path: string): unknown {
  // Tag names hold no dots except Karpenter's, which no path here asks for.
  return path.split(".").reduce<unknown>((inner, key) => {
    if (typeof inner !== "object" || inner === null) return undefined;
    return Object.entries(inner).find(([name]) => name === key)?.[1];
  }, value);
}

export function rowsOf(world: ListedWorld, type: string): readonly RawObject[] {
  return world.rows.filter((row) => row.type === type);
}

export function clustersOf(world: ListedWorld): readonly RawObject[] {
  return rowsOf(world, "microsoft.containerservice/managedclusters");
}

/** The clusters Resource Graph shows: not those of refused subscriptions, nor those it forgets. */
export function visibleClustersOf(world: ListedWorld): readonly RawObject[] {
  const granted = world.subscriptions
    .filter(({ access }) => access === "granted")
    .map(({ subscriptionId }) => subscriptionId);
  return clustersOf(world).filter(
    (row) =>
      granted.includes(String(row.subscriptionId)) &&
      !world.missingFromGraph.includes(String(row.id).toLowerCase()),
  );
}
