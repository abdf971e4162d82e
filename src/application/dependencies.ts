import type { ClusterFindings } from "../domain/finding.ts";
import type { Profile } from "../domain/profile.ts";
import type { ExcludedCluster } from "../domain/profile-scope.ts";
import type { Severity } from "../domain/severity.ts";
import type { FactSource } from "./fact-source.ts";
import type { AlertChannel, AlertOutbox, Archive, Clock, FleetSource, History, Log } from "./ports.ts";

/** All a sweep needs from outside; the three steps take the same. */
export interface SweepDependencies {
  readonly fleet: FleetSource;
  /** Whoever reads what clusters' own rows do not hold; asked only for what the profile asks for. */
  readonly facts: readonly FactSource[];
  readonly history: History;
  readonly archive: Archive;
  readonly outbox: AlertOutbox;
  /** Null when nobody is to be told: alerts then stay in the outbox. */
  readonly channel: AlertChannel | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly profile: Profile;
  /** What to warn of before judging at a date (YYYY-MM-DD): dated facts that were not checked for long. Null when all is well. */
  readonly staleness: (asOf: string) => string | null;
  /** A short digest of a text, the same for the same text. */
  readonly digest: (text: string) => string;
  readonly limits: SweepLimits;
  /** Changes below it are remembered but not told. */
  readonly alertThreshold: Severity;
  /** Receives every cluster once it is judged, in no particular order. */
  readonly onCluster?: (found: ClusterFindings) => void;
  /** Receives every cluster that was seen and that the profile is not for. */
  readonly onExcluded?: (excluded: ExcludedCluster) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface SweepLimits {
  /** About how many clusters a batch holds. */
  readonly clustersPerBatch: number;
  /** How many batches collect at the same time; the quota is the principal's, so more is seldom faster. */
  readonly batchesAtOnce: number;
  /** A lock older than this belongs to a sweep that died. */
  readonly lockStaleAfterInMs: number;
}
