import type { History } from "../../src/application/ports.ts";
import type { ClusterRecord } from "../../src/domain/drift.ts";

/** What was remembered before a sweep, all of it. */
export async function recordsBefore(
  history: History,
  sweepId: string,
  subscriptionIds: readonly string[],
): Promise<readonly ClusterRecord[]> {
  const records: ClusterRecord[] = [];
  for await (const { record } of history.recordsBefore([sweepId], subscriptionIds))
    if (record) records.push(record);
  return records;
}
