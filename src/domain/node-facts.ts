import type { EvidenceValue, Setting } from "./setting.ts";

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

/** What decides whether a pool's machines boot only what is signed, and whether they can at all. */
export interface PoolBoot {
  readonly pool: string;
  readonly osType: string;
  /** Null for pools of single machines, which may have several sizes. */
  readonly vmSize: string | null;
  readonly workloadRuntime: string | null;
  readonly imageVersion: string | null;
  readonly secureBoot: Setting<boolean>;
  readonly vtpm: Setting<boolean>;
}

/** The disk a pool's machines start from, and what runs on it. */
export interface PoolDisk {
  readonly pool: string;
  readonly osType: string;
  /** `Managed` or `Ephemeral`; null when the row does not say. */
  readonly type: Setting<string | null>;
}

/** Where a pool's subnet sends what leaves it. */
export interface PoolRoutes {
  readonly pool: string;
  readonly subnetId: string;
  /** Null when the subnet has none. */
  readonly routeTableId: string | null;
  /** The route for 0.0.0.0/0, and all routes that lead to the Internet. */
  readonly routes: readonly {
    readonly path: string;
    readonly prefix: string;
    /** Such as `VirtualAppliance`. */
    readonly nextHop: string;
    readonly nextHopAddress: string | null;
  }[];
}

/** The newest image that a pool's nodes could have. */
export interface LatestImage {
  readonly pool: string;
  /** As in `NodeImage`; null when Azure names none. */
  readonly imageVersion: string | null;
}
