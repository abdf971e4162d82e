import { clusterKey } from "../../src/domain/cluster.ts";
import type { Estate, RawObject } from "../../src/emulator/estate/world.ts";

/** The clusters that ARM has on every one of these nights, each by its id and incarnation, whoever may see them. */
export function standingClusters(estate: Estate, ...nights: readonly number[]): ReadonlySet<string> {
  const [first = [], ...others] = nights.map((night) => [...clustersOn(estate, night)]);
  return new Set(first.filter((key) => others.every((keys) => keys.includes(key))));
}

function* clustersOn({ nights }: Estate, night: number): Iterable<string> {
  const world = nights[night];
  for (const { subscriptionId } of world?.subscriptions ?? []) {
    const { rows = [], armOnly = {} } = world?.contentsOf(subscriptionId.toLowerCase()) ?? {};
    for (const row of [...rows, ...Object.values(armOnly)]) {
      if (!/\/managedclusters$/i.test(String(row.type))) continue;
      const { resourceUID: uid } = propertiesOf(row);
      yield clusterKey({ id: String(row.id), resourceUid: typeof uid === "string" ? uid : null });
    }
  }
}

function propertiesOf({ properties }: RawObject): RawObject {
  return typeof properties === "object" && properties !== null ? { ...properties } : {};
}
