/** Why something could not be read. `notInDocument` is no fault of anybody: a file cannot hold it. */
export type GapReason =
  | "accessDenied"
  | "notFound"
  | "throttled"
  | "unavailable"
  | "malformed"
  | "incomplete"
  | "notInDocument";

/** A part of the fleet, or a fact of a cluster, that could not be read: never green, resolved or gone. */
export interface Gap {
  /** The resource id of the subscription, cluster or other resource that stayed unread. */
  readonly scope: string;
  readonly reason: GapReason;
  /** What was to be read and what came instead, in one sentence. */
  readonly detail: string;
  /** What mends it (the missing role, for example), or null when waiting is all there is. */
  readonly remedy: string | null;
}

/** Gaps without repetition, in order of scope. */
export function distinctGaps(gaps: Iterable<Gap>): readonly Gap[] {
  const byText = new Map<string, Gap>();
  for (const gap of gaps) byText.set(gapKey(gap), gap);
  return [...byText.values()].sort((a, b) => (gapKey(a) < gapKey(b) ? -1 : 1));
}

/** What makes two gaps of one sweep the same. */
function gapKey(gap: Gap): string {
  return `${gap.scope.toLowerCase()}|${gap.reason}|${gap.detail}`;
}

/** What makes a gap the same one as last night's: figures in its words (how many rows, of how many subscriptions) may differ each night. */
export function standingGapKey({ scope, reason, detail }: Gap): string {
  return `${scope.toLowerCase()}|${reason}|${detail.replaceAll(/\d+/g, "0")}`;
}
