import { subscriptionRow } from "../../src/emulator/estate/container-rows.ts";
import type { Estate, EstateSubscription, RawObject } from "../../src/emulator/estate/world.ts";
import { clusterRow, estateOf, payments, pricingRow, search, smallWorld } from "./world-small.ts";

const edge = "44444444-4444-4444-8444-444444444444";
const legacy = "55555555-5555-4555-8555-555555555555";
const sandbox = "66666666-6666-4666-8666-666666666666";

interface Night {
  /** By the cluster's name, whether it refuses local accounts: it passes or fails by that alone. */
  readonly clusters: Readonly<Record<string, boolean>>;
  readonly absent?: string;
  readonly refused?: string;
  readonly missingFromGraph?: string;
}

const placement: Readonly<Record<string, string>> = { pay: payments, search, edge, legacy, play: sandbox };
/** The last two, in no batch when they are not shown. */
const subscriptionIds = [payments, search, edge, legacy, sandbox];

function row(name: string, disableLocalAccounts: boolean): RawObject {
  return clusterRow(placement[name.split("-")[0] ?? ""] ?? "", name, {
    disableLocalAccounts,
    resourceUID: `uid-of-${name}`,
    nodeResourceGroup: `mc-${name}`,
    apiServerAccessProfile: { enablePrivateCluster: true },
  });
}

function worldOf({ clusters, absent, refused, missingFromGraph }: Night) {
  const subscriptions = subscriptionIds
    .filter((id) => id !== absent)
    .map(
      (subscriptionId): EstateSubscription => ({
        subscriptionId,
        displayName: subscriptionId.slice(0, 4),
        managementGroups: ["mg-root"],
        access: subscriptionId === refused ? "refused" : "granted",
      }),
    );
  const rows = Object.entries(clusters).map(([name, isClosed]) => row(name, isClosed));
  const hidden =
    missingFromGraph === undefined ? [] : [String(row(missingFromGraph, false).id).toLowerCase()];
  return smallWorld({
    subscriptions,
    rows: [
      ...subscriptions.map(subscriptionRow),
      ...subscriptions.map(({ subscriptionId }) => pricingRow(subscriptionId, "Standard")),
      ...rows,
    ],
    missingFromGraph: hidden,
  });
}

const first = {
  "pay-1": true,
  "pay-2": false,
  "search-1": false,
  "search-2": false,
  "edge-1": false,
  "edge-2": false,
  "legacy-1": false,
  "play-1": false,
};

/** Something of all that a night can bring, in few requests. */
export const changingEstate: Estate = estateOf(
  worldOf({ clusters: first }),
  // Mended, to come back.
  worldOf({ clusters: { ...first, "pay-2": true, "search-2": true } }),
  // New, reopened, resolved, gone, come, left out by Resource Graph, a subscription refused and one deleted.
  worldOf({
    clusters: {
      "pay-1": false,
      "pay-2": false,
      "search-1": true,
      "search-2": false,
      "edge-2": false,
      "edge-3": false,
      "legacy-1": false,
    },
    absent: sandbox,
    refused: legacy,
    missingFromGraph: "edge-2",
  }),
  // All can be read again, and much is different once more.
  worldOf({
    clusters: {
      "pay-1": true,
      "pay-2": false,
      "pay-3": false,
      "search-1": false,
      "search-2": true,
      "edge-2": false,
      "edge-3": true,
      "legacy-1": true,
    },
    absent: sandbox,
  }),
);

/** The nights that are remembered when the eventful one comes, that one, and the one after it. */
export const nights = { quiet: [0, 1], eventful: 2, next: 3 } as const;
