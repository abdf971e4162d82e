/** A raw object as Azure's REST interface or Resource Graph would answer it. */
export type RawObject = Readonly<Record<string, unknown>>;

/** One subscription of the made-up tenant, and what the monitor's identity may read there. */
export interface EstateSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** Names of the management groups above it, nearest first; the last one is the tenant root. */
  readonly managementGroups: readonly string[];
  /** `refused`: Resource Graph leaves it out without a word and ARM answers 403. A subscription that is not listed at all answers 404. */
  readonly access: "granted" | "refused";
  /** Resource providers (lower case, such as `microsoft.security`) refused inside an otherwise readable subscription: rows left out, ARM 403. */
  readonly refusedProviders?: readonly string[];
}

/** What lies in one subscription, or above all of them. */
export interface Contents {
  /** Resource Graph rows of every table, as Azure would return them; `type` decides the table. */
  readonly rows: readonly RawObject[];
  /** Objects that ARM answers and Resource Graph does not hold, by lower-case resource id (a pricing that has no row, a resource-level pricing). */
  readonly armOnly: Readonly<Record<string, RawObject>>;
  /** Resource ids (lower case) whose rows Resource Graph leaves out although ARM has them. */
  readonly missingFromGraph: readonly string[];
}

/** What a night holds beside its resources. */
interface WorldFrame {
  /** The moment the night stands for (ISO 8601, UTC). */
  readonly now: string;
  readonly tenantId: string;
  readonly subscriptions: readonly EstateSubscription[];
  /** Key Vault secrets by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The groups of the directory by object id (lower case), with everybody in them and in the groups in them. */
  readonly groups?: Readonly<Record<string, readonly DirectoryMember[]>>;
  /** What is inside a cluster (its resource id, whatever the case), made when it is asked for; null for one that is not there. */
  readonly insideOf?: (clusterId: string) => ClusterInside | null;
}

/** What a cluster's own API server knows, and how far the monitor gets there. */
export interface ClusterInside {
  /**
   * Raw objects by the path that lists them in all namespaces, such as `/api/v1/pods`. The monitor may read them all;
   * a path that is not here is not served.
   */
  readonly lists: Readonly<Record<string, readonly RawObject[]>>;
  /** Paths of lists that the monitor has no right to; `*` for all. */
  readonly refused?: readonly string[];
  /** Resource Manager refuses the monitor the cluster's address. */
  readonly isCredentialRefused?: boolean;
  /**
   * `open`, and so it is without it: the address leads there. `unresolved`: the address is a private name, which
   * nobody resolves from here. `closed`: whoever comes is cut off.
   */
  readonly way?: "open" | "unresolved" | "closed";
}

/** Somebody in a group, as Microsoft Graph shows people and applications. */
export interface DirectoryMember {
  readonly kind: "user" | "group" | "servicePrincipal" | "device";
  readonly id: string;
  readonly displayName: string;
  /** People only; null when Microsoft Graph does not say, for want of a permission. */
  readonly userType?: "Member" | "Guest" | null;
}

/** Everything the emulated Azure knows on one night. */
export interface World extends WorldFrame {
  /**
   * What lies in a subscription (lower-case id); `""` holds what lies above subscriptions. It may be made anew on each
   * call, so that a world of any size fits into memory: whoever asks keeps little of it. Rows of types that are not
   * wanted may be left out.
   */
  contentsOf(subscriptionId: string, isWanted?: (type: string) => boolean): Contents;
}

/** A world small enough to be written down whole. */
export interface ListedWorld extends WorldFrame, Contents {}

/** The made-up tenant, night after night. */
export interface Estate {
  readonly nights: readonly World[];
}
