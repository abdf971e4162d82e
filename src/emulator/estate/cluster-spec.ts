import type { VulnerabilitySpec } from "./assessment-rows.ts";
import type { InsideSpec } from "./inside/inside-spec.ts";
import type { MachineSpec } from "./machine-rows.ts";
import type { PolicyName } from "./policy-names.ts";
import type { PoolSpec } from "./pool-rows.ts";
import type { EstateRole } from "./role-definitions.ts";
import type { RouteSpec } from "./routed-network-rows.ts";
import type { EstateSubscription, RawObject } from "./world.ts";

/** A made-up cluster: where it stands and what sets it apart from a hardened private one. */
export interface ClusterSpec {
  readonly subscription: EstateSubscription;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly pools: readonly PoolSpec[];
  /** Machines outside scale sets. */
  readonly machines?: readonly MachineSpec[];
  /** The version the control plane runs. Default `1.35.6`. */
  readonly kubernetes?: string;
  /** Default `MC_<group>_<name>_<location>`. */
  readonly nodeResourceGroup?: string;
  /** Which incarnation under this id it is; another one has another `resourceUID`. Default 1. */
  readonly incarnation?: number;
  /** Add-on keys as the CLI writes them (`azurepolicy`, `omsagent`) or as templates do (`azurePolicy`, `omsAgent`). Default `cli`. */
  readonly addonCasing?: "cli" | "template";
  /** Laid over `addonProfiles`: an add-on that says `enabled` as it stands here, another key by key. */
  readonly addons?: Readonly<Record<string, RawObject>>;
  /** Laid over `properties`, key by key. */
  readonly properties?: RawObject;
  /** Keys of `properties` that this row lacks, as those of older clusters do. */
  readonly without?: readonly string[];
  /** Default: one that sends the audit logs to the subscription's workspace. */
  readonly diagnostics?: readonly DiagnosticsSpec[];
  /** Names of its maintenance configurations. Default: a window for each of the two channels. */
  readonly maintenance?: readonly string[];
  /** Properties of its Trusted Access bindings and JWT authenticators. Default: none. */
  readonly trustedAccess?: readonly RawObject[];
  readonly jwtAuthenticators?: readonly RawObject[];
  /** Laid over the properties of deployment safeguards that enforce all there is; null for none. */
  readonly safeguards?: RawObject | null;
  /** Workloads that offend against a policy, as `namespace/kind/name`. Default: none. */
  readonly offenders?: Readonly<Partial<Record<PolicyName, readonly string[]>>>;
  /** What Defender finds in the images that run. Default: nothing. */
  readonly vulnerabilities?: readonly VulnerabilitySpec[];
  /** Rows of the nodes' network and route table, for clusters that leave by routes of their own. Default: none. */
  readonly route?: RouteSpec;
  /** Roles beside those that every cluster's own identities and administrators hold. */
  readonly grants?: readonly GrantSpec[];
  /** Identities in the cluster's group that take tokens of its service accounts for their own. */
  readonly workloadIdentities?: readonly WorkloadIdentitySpec[];
  /** What its own API server shows. Default: a team's namespace in order, beside what AKS brings. */
  readonly inside?: InsideSpec;
  /** Laid over the row's own columns. */
  readonly columns?: RawObject;
}

/** A role that somebody holds. */
export interface GrantSpec {
  readonly to:
    | "kubelet"
    | "cluster"
    | { readonly user: string }
    | { readonly group: string }
    | { readonly application: string };
  readonly role: EstateRole;
  /** A place, or a path below the cluster such as `/namespaces/checkout`. */
  readonly at: "cluster" | "group" | "nodeGroup" | "subscription" | "registry" | `/${string}`;
}

/** A managed identity with a role, and the service account that acts as it. */
export interface WorkloadIdentitySpec {
  readonly name: string;
  /** As in `system:serviceaccount:checkout:web`. */
  readonly subject: string;
  readonly role: EstateRole;
  readonly at: GrantSpec["at"];
}

/** A diagnostic setting of a cluster: what it sends, and where to. */
export interface DiagnosticsSpec {
  readonly name: string;
  /** Name of a workspace in `rg-observability` of the cluster's subscription; that need not exist. */
  readonly workspace?: string;
  readonly storageAccountId?: string;
  readonly categories?: readonly string[];
  readonly categoryGroups?: readonly string[];
}
