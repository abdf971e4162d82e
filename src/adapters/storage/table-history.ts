import type { History } from "../../application/ports.ts";
import { recordsBefore } from "./cluster-records.ts";
import { createRememberedSubscriptions } from "./remembered-subscriptions.ts";
import { storeClusters } from "./store-clusters.ts";
import { findSweep, listSweeps, saveSweep } from "./sweep-index.ts";
import { releaseLock, renewLock, takeLock } from "./sweep-lock.ts";
import type { Table } from "./table.ts";

/** The tables of a history; the decision record on storage tells their keys. */
export interface HistoryTables {
  readonly clusters: Table;
  readonly findings: Table;
  readonly subscriptions: Table;
  readonly sweeps: Table;
}

export function createTableHistory({ clusters, findings, subscriptions, sweeps }: HistoryTables): History {
  const remembered = createRememberedSubscriptions(subscriptions, clusters);
  return {
    lock: (sweepId, now, staleAfterInMs) => takeLock(sweeps, sweepId, now, staleAfterInMs),
    renew: (sweepId, now, staleAfterInMs) => renewLock(sweeps, sweepId, now, staleAfterInMs),
    unlock: (sweepId) => releaseLock(sweeps, sweepId),
    saveSweep: (sweep) => saveSweep(sweeps, sweep),
    sweep: (id) => findSweep(sweeps, id),
    sweeps: (most) => listSweeps(sweeps, most),
    rememberedSubscriptions: (sweepIds) => remembered.living(sweepIds),
    recordsBefore: (sweepIds, subscriptionIds) =>
      recordsBefore(clusters, remembered, sweepIds, subscriptionIds),
    store: (sweepId, changes) => storeClusters({ clusters, findings, remembered }, sweepId, changes),
  };
}
