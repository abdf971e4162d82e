import { guidOf } from "../ids.ts";
import { managementGroups } from "../tenant.ts";
import { createDice } from "./dice.ts";
import type { EstateShape } from "./estate-shape.ts";
import { environments, homes, teams } from "./vocabulary.ts";

/** A generated subscription and the clusters in it, by their numbers in the estate. */
export interface LaidOutSubscription {
  readonly index: number;
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly team: string;
  readonly environment: string;
  /** Nearest first. */
  readonly managementGroups: readonly string[];
  /** Clusters of the first night: from this number up to, not including, the end. */
  readonly firstCluster: number;
  readonly endOfClusters: number;
  /** Numbers of the clusters made later. */
  readonly laterClusters: readonly number[];
}

/** Share of the subscriptions that hold no cluster at all. */
const shareWithoutClusters = 0.12;

/** Spreads the clusters over the subscriptions as fleets do: some hold none, most a few, some very many. */
export function layOutSubscriptions(shape: EstateShape): readonly LaidOutSubscription[] {
  const { seed, subscriptions, clusters } = shape;
  const indexes = Array.from({ length: subscriptions }, (_, index) => index);
  const drawn = indexes.map((index) => weightOf(seed, index));
  // A small estate may draw nothing but empty subscriptions.
  const weights = drawn.some((weight) => weight > 0) ? drawn : indexes.map(() => 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  const ends = weights.map((weight) => {
    passed += weight;
    return Math.round((passed / total) * clusters);
  });
  const later = laterClustersBySubscription(shape, ends);
  return indexes.map((index) => ({
    ...describe(seed, index),
    firstCluster: ends[index - 1] ?? 0,
    endOfClusters: ends[index] ?? clusters,
    laterClusters: later.get(index) ?? [],
  }));
}

/** How many clusters come new each night after the first. */
export function clustersMadeEachNight({ made, clusters }: EstateShape): number {
  return Math.round(made * clusters);
}

function weightOf(seed: number, index: number): number {
  const dice = createDice(seed, `subscription ${index}`);
  return dice.happens("is empty", shareWithoutClusters) ? 0 : (-Math.log(1 - dice.share("weight"))) ** 1.5;
}

/** A cluster made later joins one of the first night. */
function laterClustersBySubscription(
  shape: EstateShape,
  ends: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const later = new Map<number, number[]>();
  const count = clustersMadeEachNight(shape) * (shape.nights - 1);
  for (let number = shape.clusters; number < shape.clusters + count; number += 1) {
    const neighbour = createDice(shape.seed, `cluster ${number}`).whole("neighbour", 0, shape.clusters - 1);
    const index = ends.findIndex((end) => neighbour < end);
    later.set(index, [...(later.get(index) ?? []), number]);
  }
  return later;
}

function describe(seed: number, index: number) {
  const dice = createDice(seed, `subscription ${index}`);
  const team = dice.pick("team", teams);
  const environment = dice.pick("environment", environments);
  const home = dice.pick("management group", homes);
  const ancestors = managementGroups.find(({ name }) => name === home)?.ancestors ?? [];
  return {
    index,
    subscriptionId: guidOf(`${seed} subscription ${index}`),
    displayName: `${team}-${environment}-${String(index).padStart(4, "0")}`,
    team,
    environment,
    managementGroups: [home, ...ancestors],
  };
}
