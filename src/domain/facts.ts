import type { AdminGroup, ClusterPrincipals, RoleGrant, UsableIdentity } from "./access.ts";
import type { ClusterRef } from "./cluster.ts";
import type { DefenderPricing, VulnerableSoftware } from "./defender-facts.ts";
import type { DiagnosticSetting } from "./diagnostic-setting.ts";
import type {
  Inspected,
  KubernetesBindings,
  NamespaceIsolation,
  PodImage,
  SecretUses,
  WorkloadLook,
} from "./inspection.ts";
import type { LatestImage, NodeAddress, NodeImage, PoolBoot, PoolDisk, PoolRoutes } from "./node-facts.ts";
import type { ProfileParameters } from "./profile-parameters.ts";
import type { Reading } from "./reading.ts";
import type { ListedPools, PoolSetting, Setting } from "./setting.ts";
import type { AssignedPolicies, WorkloadScan } from "./workloads.ts";

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

/** All facts a control may ask for, by group. A group is the unit that can be read or stay unread. */
export interface Facts {
  /** The date (YYYY-MM-DD) the snapshot is judged at. */
  readonly clock: { readonly asOf: string };
  /** What whoever wrote the profile allows; empty where nothing was said. */
  readonly parameters: ProfileParameters;
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
  /** By the reports of Azure Policy. */
  readonly workloadScan: WorkloadScan;
  /** Answers to what the built-in policies would ask, by our own look at the pods. */
  readonly inspectedWorkloads: Inspected<WorkloadLook>;
  /** Namespaces of the cluster's own, by name. */
  readonly namespaceIsolation: Inspected<readonly NamespaceIsolation[]>;
  readonly kubernetesBindings: Inspected<KubernetesBindings>;
  /** Workloads with secrets in their environment. */
  readonly environmentSecrets: Inspected<SecretUses>;
  /** Workloads that mount Secrets which no SecretProviderClass keeps up. */
  readonly mountedSecrets: Inspected<SecretUses>;
  readonly podImages: Inspected<readonly PodImage[]>;
}

export type FactGroup = keyof Facts;

export type Readings = { readonly [G in FactGroup]: Reading<Facts[G]> };

/** All readings of one cluster at one time. */
export interface ClusterSnapshot {
  readonly cluster: ClusterRef;
  /** Of the groups that the profile asks for at least. */
  readonly readings: Partial<Readings>;
}
