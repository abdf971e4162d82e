import { describe, expect, it } from "vitest";
import type { AlertOutbox } from "../../src/application/ports.ts";
import type { Alert } from "../../src/domain/alert.ts";
import { noChanges } from "../../src/domain/sweep.ts";

const first = "2026-11-20T01-00-00Z";
const second = "2026-11-21T01-00-00Z";
const sentAt = "2026-11-21T01:30:00.000Z";

/** What every AlertOutbox must do; `create` gives an empty one. */
export function describeAlertOutbox(name: string, create: () => Promise<AlertOutbox>): void {
  describe(`AlertOutbox: ${name}`, () => {
    it("has nothing pending at first", async () => {
      expect(await (await create()).pending()).toEqual([]);
    });

    it("gives the pending alerts, oldest first", async () => {
      const outbox = await create();
      await outbox.put(alert(second));
      await outbox.put(alert(first));
      expect(await outbox.pending()).toEqual([alert(first), alert(second)]);
    });

    it("keeps an alert that waits as it was last put", async () => {
      const outbox = await create();
      await outbox.put({ ...alert(first), clusters: 99 });
      await outbox.put(alert(first));
      expect(await outbox.pending()).toEqual([alert(first)]);
    });

    it("does not give a marked alert again, even when it is put again", async () => {
      const outbox = await create();
      await outbox.put(alert(first));
      await outbox.put(alert(second));
      await outbox.mark(first, sentAt);
      await outbox.mark(first, sentAt);
      await outbox.put(alert(first));
      expect(await outbox.pending()).toEqual([alert(second)]);
    });

    it("takes the mark of an alert it does not have for nothing to do", async () => {
      const outbox = await create();
      await outbox.mark(first, sentAt);
      await outbox.put(alert(first));
      expect(await outbox.pending()).toEqual([alert(first)]);
    });

    it("keeps an alert far larger than a table's property", async () => {
      const outbox = await create();
      const large = alert(first, "🔒ü".repeat(100_000));
      await outbox.put(large);
      expect(await outbox.pending()).toEqual([large]);
      await outbox.mark(first, sentAt);
      expect(await outbox.pending()).toEqual([]);
    });
  });
}

function alert(sweepId: string, seen = "properties.disableLocalAccounts is null, expected true"): Alert {
  return {
    sweepId,
    kind: "drift",
    startedAt: "2026-11-21T01:00:00.000Z",
    profile: "default",
    isComplete: true,
    clusters: 12,
    score: 71.4,
    fail: { critical: 0, high: 1, medium: 0, low: 0 },
    unknown: 0,
    changes: { ...noChanges, new: 1 },
    entries: [
      {
        status: "new",
        severity: "high",
        clusterId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c",
        clusterName: "c",
        control: "identity.local-accounts-disabled",
        title: "Local accounts are off",
        seen: [seen],
        since: "2026-11-21",
        commands: ["az aks update -g g -n c --disable-local-accounts"],
      },
    ],
    gaps: [],
    freshGapCount: 0,
    gapCount: 0,
  };
}
