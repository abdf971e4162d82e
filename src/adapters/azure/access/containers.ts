import type { ObservedCluster } from "../../../application/ports.ts";
import { containersQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { everywhere } from "./held-anywhere.ts";
import { type RowsRead, readRows } from "./read-rows.ts";

export type ReadContainers = (clusters: readonly ObservedCluster[]) => Promise<RowsRead>;

/** Reads the tenant's management groups once for the same clusters, whoever asks: roles and policies are inherited from the same. */
export function createContainers(graph: ResourceGraph): ReadContainers {
  const known = new WeakMap<readonly ObservedCluster[], Promise<RowsRead>>();
  return (clusters) => {
    const reading =
      known.get(clusters) ?? readRows(graph, everywhere(containersQuery, "the management groups"));
    known.set(clusters, reading);
    return reading;
  };
}
