import type { History } from "../../application/ports.ts";
import { clusterKey } from "../../domain/cluster.ts";
import type { ClusterRecord } from "../../domain/drift.ts";
import type { Sweep } from "../../domain/sweep.ts";

interface Remembered {
  readonly sweepId: string;
  readonly record: ClusterRecord;
  readonly before: ClusterRecord | null;
}

/** A history that ends with the process. */
export function createMemoryHistory(): History {
  const sweeps = new Map<string, Sweep>();
  const bySubscription = new Map<string, Map<string, Remembered>>();
  let lock: { readonly holder: string; readonly lockedAt: number } | null = null;

  return {
    async lock(sweepId, now, staleAfterInMs) {
      const lockedAt = Date.parse(now);
      const isFree = lock === null || Math.abs(lockedAt - lock.lockedAt) > staleAfterInMs;
      // A stale lock is nobody's, not even that of an earlier life of the same sweep.
      const isMine = lock?.holder === sweepId && !isFree;
      if (lock !== null && !isMine && !isFree) return { outcome: "refused", holder: lock.holder };
      lock = { holder: sweepId, lockedAt };
      return { outcome: isMine ? "renewed" : "taken", holder: sweepId };
    },

    async renew(sweepId, now, staleAfterInMs) {
      const lockedAt = Date.parse(now);
      if (lock === null || Math.abs(lockedAt - lock.lockedAt) > staleAfterInMs) return null;
      if (lock.holder === sweepId) lock = { holder: sweepId, lockedAt };
      return lock.holder;
    },

    async unlock(sweepId) {
      if (lock?.holder === sweepId) lock = null;
    },

    async saveSweep(sweep) {
      sweeps.set(sweep.id, sweep);
    },

    async sweep(id) {
      return sweeps.get(id) ?? null;
    },

    async sweeps(most) {
      // Ids are slots in time, so that their order is the order of time.
      const ids = [...sweeps.keys()].sort().reverse().slice(0, most);
      return ids.flatMap((id) => sweeps.get(id) ?? []);
    },

    async rememberedSubscriptions(sweepIds) {
      const counts = ({ record, sweepId }: Remembered) =>
        record.presence !== "departed" || sweepIds.includes(sweepId);
      return [...bySubscription]
        .filter(([, clusters]) => [...clusters.values()].some(counts))
        .map(([id]) => id)
        .sort();
    },

    async *recordsBefore(sweepIds, subscriptionIds) {
      for (const id of new Set(subscriptionIds.map((one) => one.toLowerCase()))) {
        for (const { sweepId, record, before } of [...(bySubscription.get(id)?.values() ?? [])]) {
          yield sweepIds.includes(sweepId)
            ? { record: before, rewritten: record }
            : { record, rewritten: null };
        }
      }
    },

    async store(sweepId, changes) {
      for (const { record, before } of changes) {
        const id = (record.cluster.subscriptionId ?? "").toLowerCase();
        const clusters = bySubscription.get(id) ?? new Map<string, Remembered>();
        bySubscription.set(id, clusters);
        if (before) clusters.delete(clusterKey(before.cluster));
        clusters.set(clusterKey(record.cluster), { sweepId, record, before });
      }
    },
  };
}
