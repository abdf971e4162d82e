import type { ClusterRecord } from "../domain/drift.ts";
import type { ClusterFindings, Finding } from "../domain/finding.ts";
import type { Result } from "../domain/result.ts";
import type { Sweep } from "../domain/sweep.ts";
import type { Archive } from "./ports.ts";

/** One line of a sweep's evidence; `storeAssessed` writes it. */
export interface EvidenceLine extends Pick<ClusterRecord, "cluster" | "presence"> {
  readonly score: number | null;
  readonly findings: readonly Finding[];
}

/** A past sweep from its evidence; null when it left none. */
export async function readSweep(archive: Archive, sweepId: string): Promise<Result | null> {
  const manifest = await archive.readManifest(sweepId);
  if (!manifest) return null;
  const { sweep, parts } = manifest;
  const clusters: ClusterFindings[] = [];
  for (const { name } of parts) {
    if (!name.startsWith("evidence-")) continue;
    for await (const line of archive.readPart(sweepId, name)) {
      // Written by storeAssessed from exactly this type.
      const { cluster, presence, score, findings } = JSON.parse(line) as EvidenceLine;
      if (presence !== "departed") clusters.push({ cluster, score, findings });
    }
  }
  return resultOf(sweep, clusters);
}

/** What a sweep found, as it is shown. By id: batches end in any order, and two results are to be compared. */
export function resultOf(sweep: Sweep, clusters: readonly ClusterFindings[]): Result {
  return {
    id: sweep.id,
    startedAt: sweep.startedAt,
    finishedAt: sweep.finishedAt ?? sweep.startedAt,
    asOf: sweep.asOf,
    profile: sweep.profile,
    scope: { subscriptions: sweep.scope.subscriptions, managementGroups: sweep.scope.managementGroups },
    gaps: sweep.gaps,
    changes: sweep.changes,
    clusters: [...clusters].sort((a, b) =>
      a.cluster.id.toLowerCase() < b.cluster.id.toLowerCase() ? -1 : 1,
    ),
  };
}
