import type { AdminGroup, ClusterPrincipals, RoleGrant, UsableIdentity } from "./access.ts";
import type { ClusterRef } from "./cluster.ts";
import type { Gap } from "./gap.ts";
import type { AssignedPolicies, WorkloadScan } from "./workloads.ts";

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

/** What Azure Monitor was told to send of a cluster's logs, and where to. */
export interface DiagnosticSetting {
  /** Its resource id. */
  readonly path: string;
  readonly name: string;
  /** Null when it names none. `unread`: nobody can tell whether it is still there. */
  readonly workspace: {
    readonly id: string;
    readonly presence: "present" | "absent" | "unread";
  } | null;
  /** Other places it sends to, such as `a storage account`. */
  readonly otherDestinations: readonly string[];
  /** Enabled log categories and groups of categories, as Azure spells them. */
  readonly categories: readonly string[];
  readonly categoryGroups: readonly string[];
}

/** The newest image that a pool's nodes could have. */
export interface LatestImage {
  readonly pool: string;
  /** As in `NodeImage`; null when Azure names none. */
  readonly imageVersion: string | null;
}

/** A minor version of Kubernetes that a region offers. */
export interface OfferedVersion {
  /** Such as `1.35`. */
  readonly minor: string;
  readonly isPreview: boolean;
  /** Such as `KubernetesOfficial` and `AKSLongTermSupport`. */
  readonly plans: readonly string[];
}

/** A resource or an outside issuer that an API server lets in. */
export interface TrustedIssuer {
  /** Id of the binding or authenticator that says so. */
  readonly path: string;
  /** The type of the resource, such as `Microsoft.DataProtection/backupVaults`, or the issuer's address. */
  readonly issuer: string;
  /** The resource's id, or the issuer's address. */
  readonly observed: string;
}

/** The disk a pool's machines start from, and what runs on it. */
export interface PoolDisk {
  readonly pool: string;
  readonly osType: string;
  /** `Managed` or `Ephemeral`; null when the row does not say. */
  readonly type: Setting<string | null>;
}

/** Software in images that run in a cluster, of which Defender knows vulnerabilities. */
export interface VulnerableSoftware {
  /** The resource id of Defender's assessment. */
  readonly path: string;
  readonly software: string;
  readonly severity: string;
  /** The worst few, worst first. */
  readonly cves: readonly string[];
}

/** A Defender pricing that bears on a cluster: one of its subscription, or its own. */
export interface DefenderPricing {
  /** Its resource id. */
  readonly path: string;
  readonly plan: "Containers" | "CloudPosture";
  /** It is the cluster's own, which wins for the cluster, though not for registries. */
  readonly isOwn: boolean;
  readonly tier: string;
  readonly extensions: readonly PlanExtension[];
}

/** A part of a Defender plan that is switched by itself. */
export interface PlanExtension {
  readonly name: string;
  /** `True` or `False`, as Azure writes it; null when it says neither. */
  readonly isEnabled: string | null;
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
  /** The API server's public name, which a private cluster may keep. */
  readonly apiServerName: { readonly isPublic: Setting<boolean> };
  readonly runCommand: { readonly disabled: Setting<boolean> };
  readonly localAccounts: { readonly disabled: Setting<boolean> };
  readonly entra: {
    /** The path of the profile, and whether there is one at all. */
    readonly profile: Setting<boolean>;
    readonly managed: Setting<boolean>;
    /** The server application of the integration before Entra was managed, or null. */
    readonly legacyApp: Setting<string | null>;
    readonly azureRbac: Setting<boolean>;
  };
  /** Null when the row does not say. */
  readonly kubernetesRbac: { readonly enabled: Setting<boolean | null> };
  readonly workloadIdentity: { readonly enabled: Setting<boolean>; readonly issuer: Setting<boolean> };
  readonly podIdentity: { readonly enabled: Setting<boolean> };
  /** What the cluster acts as in Azure: a managed identity, or an application with a secret. */
  readonly clusterIdentity: {
    readonly type: Setting<string | null>;
    /** `msi`, or the id of an application; null when the row does not say. */
    readonly clientId: Setting<string | null>;
  };
  readonly principals: ClusterPrincipals;
  /** Object ids of the groups whose members administer the cluster. */
  readonly adminGroups: { readonly ids: Setting<readonly string[]> };
  /** Who signs the tokens of the cluster's service accounts; null when nobody does that others could check. */
  readonly tokenIssuer: { readonly url: Setting<string | null> };
  /** What pods may reach of the machine they run on: `IMDS`, its metadata endpoint, or `None`. */
  readonly linkLocal: { readonly access: Setting<string> };
  readonly upgrades: {
    readonly channel: Setting<string>;
    /** Null when the row does not say, which may be either default. */
    readonly nodeOsChannel: Setting<string | null>;
  };
  readonly nodeGroupLock: { readonly restriction: Setting<string> };
  /** What the cluster pays for. Long-term support takes the plan `AKSLongTermSupport` and the tier `Premium`. */
  readonly tier: { readonly tier: Setting<string>; readonly supportPlan: Setting<string> };
  /** The version the control plane runs, or was asked to; null when the row has neither. */
  readonly controlPlaneVersion: { readonly version: Setting<string | null> };
  readonly poolVersions: ListedPools<PoolSetting<string | null>>;
  readonly hostEncryption: ListedPools<PoolSetting<boolean>>;
  readonly sshAccess: ListedPools<PoolSetting<string>>;
  readonly trustedLaunch: ListedPools<PoolBoot>;
  readonly osDisks: ListedPools<PoolDisk>;
  readonly networkPolicy: {
    readonly engine: Setting<string>;
    readonly dataplane: Setting<string>;
    readonly plugin: Setting<string | null>;
    /** Names of the pools that run Windows, beside why there may be more. */
    readonly windowsPools: ListedPools<string>;
  };
  readonly networkPlugin: { readonly plugin: Setting<string | null>; readonly mode: Setting<string | null> };
  readonly loadBalancer: { readonly sku: Setting<string> };
  /** The way out of the cluster, and by pool the id of the subnet it starts from. */
  readonly egress: {
    readonly outboundType: Setting<string>;
    readonly subnets: ListedPools<PoolSetting<string | null>>;
  };
  readonly ingress: {
    readonly httpApplicationRouting: Setting<boolean>;
    readonly kubeDashboard: Setting<boolean>;
    readonly appRouting: Setting<boolean>;
    /** Which ingress controller app routing makes by itself; `None` for none. */
    readonly nginx: Setting<string | null>;
  };
  readonly transitEncryption: { readonly type: Setting<string>; readonly dataplane: Setting<string> };
  readonly policyAddon: { readonly enabled: Setting<boolean> };
  readonly keyVaultDriver: { readonly enabled: Setting<boolean>; readonly rotation: Setting<string> };
  readonly kms: {
    readonly enabled: Setting<boolean>;
    readonly keyVaultAccess: Setting<string>;
    /** `Enabled` when Azure's own key encrypts. */
    readonly infrastructure: Setting<string>;
  };
  readonly imageCleaner: { readonly enabled: Setting<boolean> };
  /** Defender's gate for images, whose rules are its own. */
  readonly imageGating: { readonly enabled: Setting<boolean> };
  readonly metrics: {
    /** Container Insights as the add-on, and as the profile that is to follow it. */
    readonly insights: Setting<boolean>;
    readonly insightsProfile: Setting<boolean>;
    readonly prometheus: Setting<boolean>;
  };
  readonly nodeImages: readonly NodeImage[];
  readonly nodeAddresses: readonly NodeAddress[];
  readonly defenderSensor: { readonly enabled: Setting<boolean> };
  readonly defenderPlan: {
    /** `Standard` or `Free`, of the pricing that holds for this cluster. */
    readonly tier: Setting<string>;
    /** The resource id of that pricing. */
    readonly pricingId: string;
  };
  /** Of the plans Containers and CloudPosture, both of the subscription, and the cluster's own if there is one. */
  readonly defenderPricings: readonly DefenderPricing[];
  /** What Defender found open in images that run in the cluster, above medium severity. */
  readonly imageVulnerabilities: {
    /** Defender has looked at the cluster, and its word may be read. */
    readonly isAssessed: boolean;
    /** Findings by severity, as Azure spells it. */
    readonly counts: Readonly<Record<string, number>>;
    /** The worst few, worst first. */
    readonly worst: readonly VulnerableSoftware[];
    /** Findings on containers of the subscription that do not tell whose they are. */
    readonly unplaced: number;
  };
  readonly diagnosticSettings: readonly DiagnosticSetting[];
  /** Roles over the cluster, assigned at it, above it or below it, or at a Fleet it is a member of. */
  readonly clusterAccess: { readonly grants: readonly RoleGrant[] };
  /** Roles over machines, assigned in the node resource group. */
  readonly nodeGroupAccess: { readonly groupId: string; readonly grants: readonly RoleGrant[] };
  /** Mighty roles of the cluster's own identities, wherever assigned. */
  readonly identityGrants: {
    /** Null when the cluster does not name it. */
    readonly nodeGroupId: string | null;
    readonly grants: readonly RoleGrant[];
  };
  /** The identities of the nodes' machines, with their mighty roles. */
  readonly nodeIdentities: {
    readonly identities: readonly UsableIdentity[];
    readonly grants: readonly RoleGrant[];
  };
  /** The groups of `adminGroups` as the directory has them. */
  readonly adminGroupMembers: { readonly groups: readonly AdminGroup[] };
  /** Identities that take the cluster's tokens for their own, of those that hold mighty roles. */
  readonly federatedIdentities: {
    readonly identities: readonly UsableIdentity[];
    readonly grants: readonly RoleGrant[];
  };
  /** Of clusters that leave by routes of their own; of others there is none to know. */
  readonly subnetRoutes: ListedPools<PoolRoutes>;
  /** Names of the cluster's maintenance configurations, as Azure spells them. */
  readonly maintenanceWindows: { readonly configurations: Setting<readonly string[]> };
  /** Whose tokens open the API server beside those of Entra and of the cluster itself. */
  readonly trustedIssuers: {
    readonly issuers: readonly TrustedIssuer[];
    /** Ids of the lists that were looked at. */
    readonly lists: readonly string[];
    /** Why there may be more that Azure does not show, or null. */
    readonly unlisted: string | null;
    /** What the profile knows: types of resources, addresses of issuers. */
    readonly known: readonly string[];
  };
  /** Of pools whose own image is no longer new; a pool that is not here was not asked for. */
  readonly latestImages: readonly LatestImage[];
  /** What the cluster's region offers of Kubernetes. */
  readonly regionVersions: {
    /** Id of the region's list. */
    readonly path: string;
    readonly region: string;
    /** Null when it was not read, for the reason in `unread`. */
    readonly offered: readonly OfferedVersion[] | null;
    readonly unread: string | null;
    /** The day (YYYY-MM-DD) it was read; null when Azure did not say. */
    readonly readOn: string | null;
  };
  /** What AKS itself holds workloads to, as deployment safeguards. */
  readonly safeguards: {
    /** `Warn` or `Enforce`; `Off` when the cluster has none. */
    readonly level: Setting<string>;
    /** `Privileged`, which asks nothing, `Baseline` or `Restricted`. */
    readonly podSecurityStandardsLevel: Setting<string>;
    /** Namespaces that somebody took out. */
    readonly excludedNamespaces: readonly string[];
  };
  readonly assignedPolicies: AssignedPolicies;
  readonly workloadScan: WorkloadScan;
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
  /** Of the groups that the profile asks for at least. */
  readonly readings: Partial<Readings>;
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
