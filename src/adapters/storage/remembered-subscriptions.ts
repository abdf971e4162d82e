import { odata } from "@azure/data-tables";
import type { Table } from "./table.ts";

const partitionKey = "subscription";
const mostQueriesAtOnce = 8;

/**
 * Which partitions of the cluster table hold living clusters: one small row for each partition that ever held any.
 * A row is `unsettled` from before clusters come or go until what is left is known, so that an interrupted write is
 * looked into by the next reader instead of being believed.
 */
export interface RememberedSubscriptions {
  /** Partitions with living clusters, in order. */
  living(): Promise<readonly string[]>;
  /** All partitions from one to another, in order. */
  between(first: string, last: string): Promise<readonly string[]>;
  unsettle(partitions: readonly string[]): Promise<void>;
  /** Records what is left; partitions that are not known to be living are looked into. */
  settle(partitions: readonly string[], knownLiving: ReadonlySet<string>): Promise<void>;
}

export function createRememberedSubscriptions(markers: Table, clusters: Table): RememberedSubscriptions {
  const write = (states: ReadonlyMap<string, string>) =>
    markers.putAll([...states].map(([rowKey, state]) => ({ partitionKey, rowKey, state })));

  const hasLiving = async (partition: string): Promise<boolean> => {
    const filter = odata`PartitionKey eq ${partition} and isLiving eq ${true}`;
    for await (const _row of clusters.list({ filter, select: [], pageSize: 1 })) return true;
    return false;
  };

  const settle = async (partitions: readonly string[], knownLiving: ReadonlySet<string>) => {
    const states = new Map<string, string>();
    for (let start = 0; start < partitions.length; start += mostQueriesAtOnce) {
      const looked = partitions.slice(start, start + mostQueriesAtOnce).map(async (partition) => {
        const isLiving = knownLiving.has(partition) || (await hasLiving(partition));
        states.set(partition, isLiving ? "living" : "empty");
      });
      await Promise.all(looked);
    }
    await write(states);
    return states;
  };

  return {
    async living() {
      const living: string[] = [];
      const unsettled: string[] = [];
      for await (const { rowKey, state } of markers.list({
        filter: odata`PartitionKey eq ${partitionKey}`,
        select: ["state"],
      })) {
        if (state === "living") living.push(rowKey);
        else if (state !== "empty") unsettled.push(rowKey);
      }
      for (const [partition, state] of await settle(unsettled, new Set()))
        if (state === "living") living.push(partition);
      return living.sort();
    },

    async between(first, last) {
      const filter = odata`PartitionKey eq ${partitionKey} and RowKey ge ${first} and RowKey le ${last}`;
      const partitions: string[] = [];
      for await (const { rowKey } of markers.list({ filter, select: [] })) partitions.push(rowKey);
      return partitions;
    },

    unsettle: (partitions) => write(new Map(partitions.map((partition) => [partition, "unsettled"]))),

    async settle(partitions, knownLiving) {
      await settle(partitions, knownLiving);
    },
  };
}
