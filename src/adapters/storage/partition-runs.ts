/** Partitions from `first` to `last` that one query reads. */
export interface PartitionRun {
  readonly first: string;
  readonly last: string;
}

/** Reading over so many small partitions of others costs less than another request. */
const mostForeign = 4;

/** Cuts the wanted partitions into as few ranges as pay: `known` are all partitions there are between the first and the last of them. */
export function partitionRuns(wanted: readonly string[], known: readonly string[]): readonly PartitionRun[] {
  const own = new Set(wanted);
  const runs: { first: string; last: string }[] = [];
  let foreign = 0;
  for (const partition of [...new Set([...wanted, ...known])].sort()) {
    const run = runs.at(-1);
    if (!own.has(partition)) foreign += 1;
    else {
      if (run && foreign <= mostForeign) run.last = partition;
      else runs.push({ first: partition, last: partition });
      foreign = 0;
    }
  }
  return runs;
}
