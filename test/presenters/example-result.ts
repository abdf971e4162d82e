import { catalogue } from "../../src/controls/index.ts";
import type { Finding } from "../../src/domain/finding.ts";
import { scoreOf } from "../../src/domain/posture.ts";
import type { Result } from "../../src/domain/result.ts";
import { fail, notApplicable, pass, unknown, type Verdict } from "../../src/domain/verdict.ts";
import { hardenedCluster } from "../support/snapshot.ts";

const evidence = { path: "properties.disableLocalAccounts", observed: null, expected: true };
export const failed = fail(evidence);
export const passed = pass(evidence);
export const undecided = unknown("Azure answered 403. Grant the role Reader.");
export const moot = notApplicable("It does not arise.");

/** A finding of every control, `verdict` for all that are not named. */
export function findingsOf(
  verdict: Verdict,
  others: Readonly<Record<string, Verdict>> = {},
): readonly Finding[] {
  return catalogue.map(({ id, severity }) => ({
    control: id,
    revision: 1,
    severity,
    verdict: others[id] ?? verdict,
    status: null,
    since: null,
    reopenedOn: null,
  }));
}

export function clusterOf(name: string, findings: readonly Finding[]): Result["clusters"][number] {
  const cluster = { ...hardenedCluster, name, id: hardenedCluster.id.replace(hardenedCluster.name, name) };
  return { cluster, score: scoreOf(findings), findings };
}

export function resultOf(clusters: Result["clusters"], changes: Partial<Result> = {}): Result {
  return {
    id: "2026-11-21T01-00-00Z",
    startedAt: "2026-11-21T01:00:00.000Z",
    finishedAt: "2026-11-21T01:03:00.000Z",
    asOf: "2026-11-21",
    profile: "default",
    scope: { subscriptions: [], managementGroups: [] },
    gaps: [],
    clusters,
    excluded: [],
    ...changes,
  };
}

export const gap = {
  scope: "/subscriptions/11111111-1111-4111-8111-111111111111",
  reason: "accessDenied",
  detail: "Could not read the Defender pricing: Azure answered 403.",
  remedy: "Grant the role Security Reader.",
} as const;
