import type { FactSource, FurtherReadings } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { LatestImage } from "../../../domain/node-facts.ts";
import { ageInDays, freshForInDays } from "../../../domain/node-image-age.ts";
import { collected, partial, type Reading } from "../../../domain/reading.ts";
import { at, readText } from "../../row.ts";
import type { ClusterPart, ClusterParts } from "../cluster-parts.ts";
import { readEachCluster } from "../each-cluster.ts";
import { managedClustersVersion } from "../resource-manager.ts";

/**
 * The newest image for each pool whose own is no longer new: one read for each such pool, none for others. What is
 * refused leaves the age to decide, which a pass never rests on.
 */
export function createLatestImages(parts: ClusterParts, now: () => number): FactSource {
  return {
    groups: ["latestImages"],
    async read(clusters) {
      const today = new Date(now()).toISOString().slice(0, 10);
      const aged = new Map(
        clusters.flatMap((one) => {
          const pools = agedPools(one, today);
          return pools.length > 0 ? [[one, pools] as const] : [];
        }),
      );
      const readings = await readEachCluster([...aged.keys()], (one) =>
        Promise.all((aged.get(one) ?? []).map((pool) => readLatest(parts, one, pool))),
      );
      return (one): FurtherReadings => ({ latestImages: asFarAsRead(readings.get(one)) });
    },
  };
}

/** Listed pools by name; machines that no pool lists have no newest image that Azure would tell. */
function agedPools({ readings: { nodeImages } }: ObservedCluster, today: string): readonly string[] {
  if (nodeImages === undefined || nodeImages.state === "unavailable") return [];
  return nodeImages.value.flatMap(({ pool, imageVersion }) => {
    const days = imageVersion === null ? null : ageInDays(imageVersion, today);
    return pool !== null && days !== null && days > freshForInDays ? [pool] : [];
  });
}

async function readLatest(
  parts: ClusterParts,
  { cluster: { id } }: ObservedCluster,
  pool: string,
): Promise<LatestImage> {
  return { pool, imageVersion: (await parts.single(id, upgradeProfileOf(pool))) ?? null };
}

/** https://learn.microsoft.com/rest/api/aks/agent-pools/get-upgrade-profile */
function upgradeProfileOf(pool: string): ClusterPart<string | null> {
  return {
    path: `agentPools/${encodeURIComponent(pool)}/upgradeProfiles/default`,
    apiVersion: managedClustersVersion,
    what: `the upgrade profile of pool ${pool}`,
    map: (root) => readText(at(root, "properties.latestNodeImageVersion")),
  };
}

function asFarAsRead(reading: Reading<readonly LatestImage[]> | undefined): Reading<readonly LatestImage[]> {
  if (reading === undefined) return collected([]);
  return reading.state === "unavailable" ? partial([], reading.gap) : reading;
}
