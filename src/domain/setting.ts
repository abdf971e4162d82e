/** One property of a cluster: what stood in the row (null when absent) and what it means, Azure's documented default applied. */
export interface Setting<T> {
  readonly path: string;
  readonly observed: T | null;
  readonly value: T;
}

/** Anything JSON can hold: what evidence shows. */
export type EvidenceValue = string | number | boolean | null | readonly EvidenceValue[];

/** A property of one node pool. */
export interface PoolSetting<T> extends Setting<T> {
  readonly pool: string;
}

/** What the pools say that a cluster lists. */
export interface ListedPools<T> {
  readonly listed: readonly T[];
  /** Why there may be nodes that no pool lists, or null when there are none. */
  readonly unlisted: string | null;
}
