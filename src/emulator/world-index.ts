import { subscriptionOfId } from "./estate/listed-world.ts";
import type { Contents, EstateSubscription, RawObject, World } from "./estate/world.ts";

/** One night's world, laid out for look-ups. Ids, names and types are matched whatever their case. */
export interface WorldIndex {
  readonly world: World;
  subscription(subscriptionId: string): EstateSubscription | undefined;
  /** What ARM holds under a resource id, whether or not Resource Graph shows it. */
  resource(id: string): RawObject | undefined;
  /** What ARM lists right under a path, such as `{cluster}/providers/Microsoft.Insights/diagnosticSettings`. */
  children(path: string): readonly RawObject[];
  hasResourceGroup(subscriptionId: string, resourceGroup: string): boolean;
  /** What ARM lists of a type in a subscription. */
  resourcesOfType(subscriptionId: string, type: string): readonly RawObject[];
  /** The rows of types wanted that Resource Graph shows to readers of a subscription; `""` holds what lies above subscriptions. */
  graphRows(subscriptionId: string, isWanted: (type: string) => boolean): readonly RawObject[];
  /** Subscriptions the monitor may read, in the estate's order; under one of these management groups, if given. */
  readableSubscriptions(managementGroups?: readonly string[]): readonly EstateSubscription[];
}

/** What ARM holds in one subscription. */
interface Holdings {
  readonly resources: ReadonlyMap<string, RawObject>;
  readonly groups: ReadonlySet<string>;
  readonly ofType: ReadonlyMap<string, readonly RawObject[]>;
  readonly byParent: ReadonlyMap<string, readonly RawObject[]>;
}

/** Subscriptions whose holdings are kept, latest used; a caller of ARM reads one subscription after the other. */
const keptHoldings = 32;

/** Reads a property that ought to be a string; anything else reads as empty. */
export function readText(object: RawObject, property: string): string {
  const value = object[property];
  return typeof value === "string" ? value : "";
}

/** The provider a type or an id's last part belongs to, such as `microsoft.security`. */
export function providerOf(type: string): string {
  return type.toLowerCase().split("/", 1)[0] ?? "";
}

/** Lays out a world subscription by subscription, as they are asked for. */
export function createWorldIndex(world: World): WorldIndex {
  const subscriptions = new Map(world.subscriptions.map((one) => [one.subscriptionId.toLowerCase(), one]));
  const kept = new Map<string, Holdings>();

  function holdingsOf(subscriptionId: string): Holdings {
    const key = subscriptionId.toLowerCase();
    const holdings = kept.get(key) ?? layOut(world.contentsOf(key));
    kept.delete(key);
    kept.set(key, holdings);
    for (const oldest of kept.keys()) {
      if (kept.size <= keptHoldings) break;
      kept.delete(oldest);
    }
    return holdings;
  }

  return {
    world,
    subscription: (subscriptionId) => subscriptions.get(subscriptionId.toLowerCase()),
    resource: (id) => holdingsOf(subscriptionOfId(id)).resources.get(id.toLowerCase()),
    children: (path) =>
      holdingsOf(subscriptionOfId(path)).byParent.get(path.toLowerCase().replace(/\/$/, "")) ?? [],
    hasResourceGroup: (subscriptionId, resourceGroup) =>
      holdingsOf(subscriptionId).groups.has(resourceGroup.toLowerCase()),
    resourcesOfType: (subscriptionId, type) =>
      holdingsOf(subscriptionId).ofType.get(type.toLowerCase()) ?? [],
    graphRows(subscriptionId, isWanted) {
      const key = subscriptionId.toLowerCase();
      const refused = subscriptions.get(key)?.refusedProviders ?? [];
      const isShown = (type: string) => isWanted(type) && !refused.includes(providerOf(type));
      const { rows, missingFromGraph } = world.contentsOf(key, isShown);
      const hidden = new Set(missingFromGraph.map((id) => id.toLowerCase()));
      return rows.filter(
        (row) => isShown(readText(row, "type")) && !hidden.has(readText(row, "id").toLowerCase()),
      );
    },
    readableSubscriptions(managementGroups) {
      const wanted = managementGroups && new Set(managementGroups.map((name) => name.toLowerCase()));
      return world.subscriptions.filter(
        ({ access, managementGroups: above }) =>
          access === "granted" && (!wanted || above.some((name) => wanted.has(name.toLowerCase()))),
      );
    },
  };
}

function layOut({ rows, armOnly }: Contents): Holdings {
  const resources = new Map<string, RawObject>();
  const groups = new Set<string>();
  const ofType = new Map<string, RawObject[]>();
  const byParent = new Map<string, RawObject[]>();
  const all = [
    ...rows.map((row) => [readText(row, "id").toLowerCase(), row] as const),
    ...Object.entries(armOnly).map(([id, object]) => [id.toLowerCase(), object] as const),
  ];
  for (const [id, object] of all) {
    resources.set(id, object);
    const [, , , kind, group] = id.split("/", 5);
    if (kind === "resourcegroups" && group !== undefined) groups.add(group);
    append(ofType, readText(object, "type").toLowerCase(), object);
    append(byParent, id.slice(0, id.lastIndexOf("/")), object);
  }
  return { resources, groups, ofType, byParent };
}

function append(lists: Map<string, RawObject[]>, key: string, object: RawObject): void {
  const list = lists.get(key);
  if (list) list.push(object);
  else lists.set(key, [object]);
}
