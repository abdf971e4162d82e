import type { ClusterFindings } from "./finding.ts";
import type { Gap } from "./gap.ts";
import type { ExcludedCluster } from "./profile-scope.ts";
import type { ChangeCounts } from "./sweep.ts";

/** The outcome of a sweep, a live check or a document: what every format is a view of. */
export interface Result extends ResultHead {
  readonly clusters: readonly ClusterFindings[];
}

/** A result without its clusters, of which there may be too many to hold. */
export interface ResultHead {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly asOf: string;
  readonly profile: string;
  /** What was looked at: subscriptions and management groups, one cluster, or files. */
  readonly scope: Readonly<Record<string, string | readonly string[]>>;
  readonly gaps: readonly Gap[];
  /** Clusters that were seen and that the profile is not for: listed, never silently absent. */
  readonly excluded: readonly ExcludedCluster[];
  /** Against the sweep before; absent where nothing is remembered. */
  readonly changes?: ChangeCounts;
}
