import type { ClusterRef } from "../../src/domain/cluster.ts";
import type { ClusterRecord } from "../../src/domain/drift.ts";
import type { Finding } from "../../src/domain/finding.ts";
import { emptyTally } from "../../src/domain/posture.ts";
import { noChanges, type Sweep } from "../../src/domain/sweep.ts";

/** The subscription of a number: ids that sort as the numbers do. */
export function exampleSubscription(index: number): string {
  return `${String(index).padStart(8, "0")}-aaaa-4bbb-8ccc-000000000000`;
}

export function exampleCluster(change: Partial<ClusterRef> = {}): ClusterRef {
  const names = {
    subscriptionId: exampleSubscription(1),
    resourceGroup: "rg-payments",
    name: "aks-payments",
    ...change,
  };
  return {
    id: `/subscriptions/${names.subscriptionId}/resourceGroups/${names.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${names.name}`,
    location: "westeurope",
    tags: { owner: "payments-platform", Stufe: "prod 🔒 ünïcode" },
    resourceUid: "65f1c0ffee000000000000aa",
    ...names,
  };
}

export function exampleRecord(change: Partial<ClusterRecord> = {}): ClusterRecord {
  return {
    cluster: exampleCluster(),
    presence: "present",
    score: 64.2,
    judged: {
      "identity.local-accounts-disabled": { verdict: "fail", revision: 1 },
      "control-plane.api-server-restricted": { verdict: "pass", revision: 3 },
      "nodes.azure-linux": { verdict: "unknown", revision: 1 },
      "monitoring.defender-plan-standard": { verdict: "notApplicable", revision: 2 },
    },
    findings: {
      "identity.local-accounts-disabled": {
        state: "open",
        severity: "high",
        since: "2026-10-01",
        reopenedOn: null,
        stateSince: "2026-10-01",
        evidenceDigest: "5f1c",
      },
    },
    ...change,
  };
}

export function exampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    control: "identity.local-accounts-disabled",
    revision: 1,
    severity: "high",
    verdict: {
      kind: "fail",
      evidence: [{ path: "properties.disableLocalAccounts", observed: null, expected: true }],
      reason: null,
    },
    status: "new",
    since: "2026-10-01",
    reopenedOn: null,
    ...change,
  };
}

export function exampleSweep(change: Partial<Sweep> = {}): Sweep {
  return {
    id: "2026-11-21T01-00-00Z",
    startedAt: "2026-11-21T01:00:00.000Z",
    finishedAt: null,
    asOf: "2026-11-21",
    profile: "default",
    scope: { subscriptions: [], managementGroups: [] },
    state: "running",
    progress: { done: 0, total: 4 },
    tally: emptyTally,
    changes: noChanges,
    gaps: [],
    failure: null,
    ...change,
  };
}
