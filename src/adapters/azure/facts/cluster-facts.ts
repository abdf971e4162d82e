import type { FactSource, FurtherGroup, FurtherReadings } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { Facts } from "../../../domain/facts.ts";
import { readEachCluster } from "../each-cluster.ts";

/**
 * A source of one group, read cluster by cluster. `begin` is called once for all clusters of a read: what they share
 * lives there and no longer.
 */
export function createClusterFacts<G extends FurtherGroup>(
  group: G,
  begin: () => (observed: ObservedCluster) => Promise<Facts[G]>,
): FactSource {
  return {
    groups: [group],
    async read(clusters) {
      const readings = await readEachCluster(clusters, begin());
      return (observed): FurtherReadings => {
        const reading = readings.get(observed);
        return reading ? { [group]: reading } : {};
      };
    },
  };
}
