import { createListedWorld, subscriptionOfId } from "../../src/emulator/estate/listed-world.ts";
import { nightOne, nightTwo } from "../../src/emulator/estate/nights.ts";
import type { Estate, ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";

/** Clusters of the hand-made estate to which something happens on its second night, or which are hard to read. */
const names = [
  // Made again under its name; opened to the world.
  "aks-checkout-canary-neu-01",
  "aks-checkout-prod-weu-01",
  // A pricing of its own that is off, under a subscription's that is on.
  "aks-checkout-load-weu-01",
  // Loses its public addresses; gets some that its pool does not tell of.
  "aks-edge-cache-weu-01",
  "aks-edge-cdn-neu-01",
  // Nodes that no pool lists: an outdated one and one with an address.
  "aks-search-index-weu-01",
  // Left out by Resource Graph; mended. Their plan only ARM knows.
  "aks-retail-partner-neu-01",
  "aks-retail-pos-weu-01",
  // Of wrong types; its plan can no longer be read.
  "aks-erp-import-weu-01",
  // Refused with its subscription; deleted with its subscription.
  "aks-mkt-web-weu-01",
  "aks-sbx-play-weu-01",
];

const cut = [nightOne(), nightTwo()].map(withNamedClusters);
const subscriptions = new Set(cut.flatMap(({ rows }) => rows.filter(isCluster).map(subscriptionOf)));

/** Eleven clusters in six subscriptions on two nights, on which a sweep meets everything it can meet; its requests are few. */
export const eventfulEstate: Estate = {
  nights: cut.map((world) =>
    createListedWorld({
      ...world,
      subscriptions: world.subscriptions.filter(({ subscriptionId }) => subscriptions.has(subscriptionId)),
      rows: world.rows.filter((row) => ["", ...subscriptions].includes(subscriptionOf(row))),
      armOnly: Object.fromEntries(
        Object.entries(world.armOnly).filter(([id]) => subscriptions.has(subscriptionOfId(id))),
      ),
    }),
  ),
};

/** Without the rows of other clusters; those of a node group name the cluster in the group's name. */
function withNamedClusters(world: ListedWorld): ListedWorld {
  const isKept = (row: RawObject) =>
    !/managedclusters$|virtualmachine|networkinterfaces/i.test(String(row.type)) ||
    names.some((name) => String(row.id).toLowerCase().includes(name));
  return { ...world, rows: world.rows.filter(isKept) };
}

function isCluster({ type }: RawObject): boolean {
  return /managedclusters$/i.test(String(type));
}

function subscriptionOf({ id, subscriptionId }: RawObject): string {
  return typeof subscriptionId === "string" && subscriptionId !== ""
    ? subscriptionId
    : subscriptionOfId(String(id));
}
