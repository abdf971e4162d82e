import type { ClusterRef } from "./cluster.ts";
import type { Gap } from "./gap.ts";

/** One property of a cluster: what stood in the row (null when absent) and what it means, Azure's documented default applied. */
export interface Setting<T> {
  readonly path: string;
  readonly observed: T | null;
  readonly value: T;
}

/** The operating system image a set of nodes runs: a listed pool, or a machine of the node group that no listed pool owns. */
export interface NodeImage {
  readonly path: string;
  /** The pool's or machine's name. */
  readonly name: string;
  readonly pool: string | null;
  readonly osType: string | null;
  readonly osSku: string | null;
  /** The row names no SKU: `osSku` is Azure's documented default, which nobody saw. */
  readonly isOsSkuImplied?: boolean;
  /** Such as `AKSAzureLinux-V3gen2-202609.15.0`; machines' image references are spelt the same way. */
  readonly imageVersion: string | null;
  readonly kubernetesVersion: string | null;
}

/** Whether a set of nodes has public addresses: what a pool's profile says, or what a scale set or network interface really has. */
export interface NodeAddress {
  readonly path: string;
  readonly name: string;
  readonly pool: string | null;
  readonly isPublic: boolean;
  readonly observed: EvidenceValue;
}

/** Anything JSON can hold: what evidence shows. */
export type EvidenceValue = string | number | boolean | null | readonly EvidenceValue[];

/** All facts a control may ask for, by group. A group is the unit that can be read or stay unread. */
export interface Facts {
  /** The date (YYYY-MM-DD) the snapshot is judged at. */
  readonly clock: { readonly asOf: string };
  readonly power: { readonly isStopped: boolean };
  readonly placement: { readonly location: string };
  readonly apiServer: {
    readonly privateCluster: Setting<boolean>;
    /** CIDR ranges, single addresses and service tags, as Azure lists them. */
    readonly authorizedRanges: Setting<readonly string[]>;
    readonly publicNetworkAccess: Setting<string>;
    readonly vnetIntegration: Setting<boolean>;
  };
  readonly localAccounts: { readonly disabled: Setting<boolean> };
  readonly nodeImages: readonly NodeImage[];
  readonly nodeAddresses: readonly NodeAddress[];
  readonly defenderSensor: { readonly enabled: Setting<boolean> };
  readonly defenderPlan: {
    /** `Standard` or `Free`, of the pricing that holds for this cluster. */
    readonly tier: Setting<string>;
    /** The resource id of that pricing. */
    readonly pricingId: string;
  };
}

export type FactGroup = keyof Facts;

/**
 * The attempt to read a group of facts. `partial`: what was read holds, but there is more
 * that was not seen, so a failure stands and nothing passes.
 */
export type Reading<T> =
  | { readonly state: "collected"; readonly value: T }
  | { readonly state: "partial"; readonly value: T; readonly gap: Gap }
  | { readonly state: "unavailable"; readonly gap: Gap };

export type Readings = { readonly [G in FactGroup]: Reading<Facts[G]> };

/** All readings of one cluster at one time. */
export interface ClusterSnapshot {
  readonly cluster: ClusterRef;
  readonly readings: Readings;
}

export function collected<T>(value: T): Reading<T> {
  return { state: "collected", value };
}

export function partial<T>(value: T, gap: Gap): Reading<T> {
  return { state: "partial", value, gap };
}

export function unavailable<T>(gap: Gap): Reading<T> {
  return { state: "unavailable", gap };
}
