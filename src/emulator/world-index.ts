import type { EstateSubscription, RawObject, World } from "./estate/world.ts";
import { graphTableOf } from "./resource-graph/graph-tables.ts";

/** One night's world, laid out for look-ups. Ids, names and types are matched whatever their case. */
export interface WorldIndex {
  readonly world: World;
  subscription(subscriptionId: string): EstateSubscription | undefined;
  /** What ARM holds under a resource id, whether or not Resource Graph shows it. */
  resource(id: string): RawObject | undefined;
  hasResourceGroup(subscriptionId: string, resourceGroup: string): boolean;
  /** What ARM lists of a type in a subscription. */
  resourcesOfType(subscriptionId: string, type: string): readonly RawObject[];
  /** The rows of a table that Resource Graph shows to readers of a subscription; `""` holds what lies above subscriptions. */
  graphRows(table: string, subscriptionId: string): readonly RawObject[];
  /** Subscriptions the monitor may read, in the estate's order; under one of these management groups, if given. */
  readableSubscriptions(managementGroups?: readonly string[]): readonly EstateSubscription[];
}

/** Reads a property that ought to be a string; anything else reads as empty. */
export function textOf(object: RawObject, property: string): string {
  const value = object[property];
  return typeof value === "string" ? value : "";
}

/** The provider a type or an id's last part belongs to, such as `microsoft.security`. */
export function providerOf(type: string): string {
  return type.toLowerCase().split("/", 1)[0] ?? "";
}

/** Lays out a world once; every look-up after that costs what it returns. */
export function createWorldIndex(world: World): WorldIndex {
  const subscriptions = new Map(world.subscriptions.map((one) => [one.subscriptionId.toLowerCase(), one]));
  const hidden = new Set(world.missingFromGraph.map((id) => id.toLowerCase()));
  const resources = new Map<string, RawObject>();
  const groups = new Set<string>();
  const ofType = new Map<string, RawObject[]>();
  const tables = new Map<string, RawObject[]>();

  function isShown(row: RawObject, id: string, subscriptionId: string): boolean {
    if (hidden.has(id)) return false;
    return !subscriptions.get(subscriptionId)?.refusedProviders?.includes(providerOf(textOf(row, "type")));
  }

  function add(row: RawObject, id: string): void {
    resources.set(id, row);
    const [, , subscriptionId = "", , group] = id.startsWith("/subscriptions/") ? id.split("/", 5) : [];
    if (group !== undefined) groups.add(`${subscriptionId}/${group}`);
    append(ofType, `${subscriptionId}/${textOf(row, "type").toLowerCase()}`, row);
  }

  for (const row of world.rows) {
    const id = textOf(row, "id").toLowerCase();
    add(row, id);
    const subscriptionId = subscriptionOf(row, id);
    if (isShown(row, id, subscriptionId)) {
      append(tables, `${subscriptionId}/${graphTableOf(textOf(row, "type"))}`, row);
    }
  }
  for (const [id, object] of Object.entries(world.armOnly)) add(object, id.toLowerCase());

  return {
    world,
    subscription: (subscriptionId) => subscriptions.get(subscriptionId.toLowerCase()),
    resource: (id) => resources.get(id.toLowerCase()),
    hasResourceGroup: (subscriptionId, resourceGroup) =>
      groups.has(`${subscriptionId}/${resourceGroup}`.toLowerCase()),
    resourcesOfType: (subscriptionId, type) => ofType.get(`${subscriptionId}/${type}`.toLowerCase()) ?? [],
    graphRows: (table, subscriptionId) => tables.get(`${subscriptionId.toLowerCase()}/${table}`) ?? [],
    readableSubscriptions(managementGroups) {
      const wanted = managementGroups && new Set(managementGroups.map((name) => name.toLowerCase()));
      return world.subscriptions.filter(
        ({ access, managementGroups: above }) =>
          access === "granted" && (!wanted || above.some((name) => wanted.has(name.toLowerCase()))),
      );
    },
  };
}

function subscriptionOf(row: RawObject, id: string): string {
  const column = textOf(row, "subscriptionId").toLowerCase();
  return column || (/^\/subscriptions\/([^/]+)/.exec(id)?.[1] ?? "");
}

function append(lists: Map<string, RawObject[]>, key: string, row: RawObject): void {
  const list = lists.get(key);
  if (list) list.push(row);
  else lists.set(key, [row]);
}
