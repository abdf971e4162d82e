import type { ClusterRef } from "../domain/cluster.ts";
import type { ClusterRecord } from "../domain/drift.ts";
import type { ClusterFindings, Finding } from "../domain/finding.ts";
import type { ExcludedCluster } from "../domain/profile-scope.ts";
import type { Result, ResultHead } from "../domain/result.ts";
import type { Sweep } from "../domain/sweep.ts";
import type { Archive } from "./ports.ts";

/** One line of a sweep's evidence; `storeAssessed` writes it. */
export type EvidenceLine = AssessedLine | ExcludedLine;

/** A cluster that was seen and that the profile is not for. */
export interface ExcludedLine extends ExcludedCluster {
  readonly presence: "excluded";
}

export interface AssessedLine extends Pick<ClusterRecord, "cluster" | "presence"> {
  readonly score: number | null;
  readonly findings: readonly Finding[];
}

/** A past sweep from its evidence; null when it left none. */
export async function readSweep(archive: Archive, sweepId: string): Promise<Result | null> {
  const manifest = await archive.readManifest(sweepId);
  if (!manifest) return null;
  const { sweep, parts } = manifest;
  const clusters: ClusterFindings[] = [];
  const excluded: ExcludedCluster[] = [];
  for (const { name } of parts) {
    if (!name.startsWith("evidence-")) continue;
    for await (const line of archive.readPart(sweepId, name)) {
      // Written by storeAssessed from exactly this type.
      const found = JSON.parse(line) as EvidenceLine;
      if (found.presence === "excluded") excluded.push({ cluster: found.cluster, reason: found.reason });
      else if (found.presence !== "departed")
        clusters.push({ cluster: found.cluster, score: found.score, findings: found.findings });
    }
  }
  return { ...headOf(sweep, excluded), clusters: inOrder(clusters) };
}

/** What a sweep found beside its clusters, as it is shown. */
export function headOf(sweep: Sweep, excluded: readonly ExcludedCluster[]): ResultHead {
  return {
    id: sweep.id,
    startedAt: sweep.startedAt,
    finishedAt: sweep.finishedAt ?? sweep.startedAt,
    asOf: sweep.asOf,
    profile: sweep.profile,
    scope: { subscriptions: sweep.scope.subscriptions, managementGroups: sweep.scope.managementGroups },
    gaps: sweep.gaps,
    changes: sweep.changes,
    excluded: inOrder(excluded),
  };
}

/** By id: batches end in any order, and two results are to be compared. */
function inOrder<T extends { readonly cluster: ClusterRef }>(found: readonly T[]): readonly T[] {
  return [...found].sort((a, b) => (a.cluster.id.toLowerCase() < b.cluster.id.toLowerCase() ? -1 : 1));
}
