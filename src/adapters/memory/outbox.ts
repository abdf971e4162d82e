import type { AlertOutbox } from "../../application/ports.ts";
import type { Alert } from "../../domain/alert.ts";

/** An outbox that ends with the process. */
export function createMemoryOutbox(): AlertOutbox {
  const alerts = new Map<string, { readonly alert: Alert; readonly sentAt: string | null }>();
  return {
    async put(alert) {
      if ((alerts.get(alert.sweepId)?.sentAt ?? null) === null)
        alerts.set(alert.sweepId, { alert, sentAt: null });
    },

    async pending() {
      // Sweep ids are slots in time, so that their order is the order of age.
      const waiting = [...alerts.values()].filter(({ sentAt }) => sentAt === null).map(({ alert }) => alert);
      return waiting.sort((a, b) => (a.sweepId < b.sweepId ? -1 : 1));
    },

    async mark(sweepId, sentAt) {
      const kept = alerts.get(sweepId);
      if (kept?.sentAt === null) alerts.set(sweepId, { ...kept, sentAt });
    },
  };
}
