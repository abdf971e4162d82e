import { odata } from "@azure/data-tables";
import type { Table } from "./table.ts";

const partitionKey = "subscription";
const mostQueriesAtOnce = 8;

interface Mark {
  readonly partition: string;
  readonly state: string;
  /** The sweep in which clusters last came or went there. */
  readonly sweepId: string;
}

/**
 * Which partitions of the cluster table hold living clusters: one small row for each partition that ever held any.
 * A row is `unsettled` from before clusters come or go until what is left is known, so that an interrupted write is
 * looked into by the next reader instead of being believed.
 */
export interface RememberedSubscriptions {
  /** Partitions with living clusters, or emptied by one of these sweeps, in order. */
  living(sweepIds: readonly string[]): Promise<readonly string[]>;
  /** All partitions from one to another, in order. */
  between(first: string, last: string): Promise<readonly string[]>;
  unsettle(sweepId: string, partitions: readonly string[]): Promise<void>;
  /** Records what is left; partitions that are not known to be living are looked into. */
  settle(sweepId: string, partitions: readonly string[], knownLiving: ReadonlySet<string>): Promise<void>;
}

export function createRememberedSubscriptions(markers: Table, clusters: Table): RememberedSubscriptions {
  const write = (marks: readonly Mark[]) =>
    markers.putAll(
      marks.map(({ partition, state, sweepId }) => ({ partitionKey, rowKey: partition, state, sweepId })),
    );

  const hasLiving = async (partition: string): Promise<boolean> => {
    const filter = odata`PartitionKey eq ${partition} and isLiving eq ${true}`;
    for await (const _row of clusters.list({ filter, select: [], pageSize: 1 })) return true;
    return false;
  };

  const settle = async (unsettled: readonly Omit<Mark, "state">[], knownLiving: ReadonlySet<string>) => {
    const settled: Mark[] = [];
    for (let start = 0; start < unsettled.length; start += mostQueriesAtOnce) {
      const looked = unsettled.slice(start, start + mostQueriesAtOnce).map(async (mark) => {
        const isLiving = knownLiving.has(mark.partition) || (await hasLiving(mark.partition));
        settled.push({ ...mark, state: isLiving ? "living" : "empty" });
      });
      await Promise.all(looked);
    }
    await write(settled);
    return settled;
  };

  return {
    async living(sweepIds) {
      const marks: Mark[] = [];
      for await (const { rowKey, state, sweepId } of markers.list({
        filter: odata`PartitionKey eq ${partitionKey}`,
        select: ["state", "sweepId"],
      })) {
        marks.push({ partition: rowKey, state: String(state), sweepId: String(sweepId) });
      }
      const isSettled = ({ state }: Mark) => state === "living" || state === "empty";
      const settled = [
        ...marks.filter(isSettled),
        ...(await settle(
          marks.filter((mark) => !isSettled(mark)),
          new Set(),
        )),
      ];
      return settled
        .filter(({ state, sweepId }) => state === "living" || sweepIds.includes(sweepId))
        .map(({ partition }) => partition)
        .sort();
    },

    async between(first, last) {
      const filter = odata`PartitionKey eq ${partitionKey} and RowKey ge ${first} and RowKey le ${last}`;
      const partitions: string[] = [];
      for await (const { rowKey } of markers.list({ filter, select: [] })) partitions.push(rowKey);
      return partitions;
    },

    unsettle: (sweepId, partitions) =>
      write(partitions.map((partition) => ({ partition, state: "unsettled", sweepId }))),

    async settle(sweepId, partitions, knownLiving) {
      await settle(
        partitions.map((partition) => ({ partition, sweepId })),
        knownLiving,
      );
    },
  };
}
