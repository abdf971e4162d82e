import type { WorkloadAnswer } from "./workloads.ts";

/** What the Kubernetes API showed, or why nobody asked it: inspection is off, or there is no way into the cluster. */
export type Inspected<T> =
  | { readonly state: "inspected"; readonly value: T }
  | {
      readonly state: "notInspected";
      /** Why, and what would change it; whole sentences. */
      readonly reason: string;
    };

export type Direction = "ingress" | "egress";

/** A namespace that is not the system's, and the policies that mean all of its pods. */
export interface NamespaceIsolation {
  readonly name: string;
  /** Pods that run or are to run on the cluster's own network; those on the node's network no policy reaches. */
  readonly pods: number;
  readonly policies: readonly BlanketPolicy[];
}

/** A network policy that means every pod of a namespace: of Kubernetes, of Cilium or of Calico. */
export interface BlanketPolicy {
  /** As `namespace/kind/name`; `kind/name` for one of the whole cluster. */
  readonly path: string;
  /** Directions in which only what some policy lets through passes from now on. */
  readonly denies: readonly Direction[];
  /** Directions in which it lets everything through. */
  readonly allows: readonly Direction[];
}

/** What a role may do that amounts to owning the cluster. */
export type ClusterPower = "cluster-admin" | "wildcard" | "nodes/proxy";

/**
 * A RoleBinding or ClusterRoleBinding that names a user, or whose role has such a power; of a RoleBinding it is a power
 * over its namespace.
 */
export interface KubernetesBinding {
  /** As `namespace/RoleBinding/name` or `ClusterRoleBinding/name`; of a name with an `@` only what follows it, as in roles. */
  readonly path: string;
  /** As in `ClusterRole/cluster-admin`. */
  readonly role: string;
  /** The greatest there is; none where it only names a user. */
  readonly powers: readonly ClusterPower[];
  readonly subjects: readonly BindingSubject[];
}

export interface BindingSubject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  /**
   * Evidence names no people: of what has an `@` only what follows it, of other names of users the first letter and an
   * ellipsis. Object ids, names under `system:` and names of groups and service accounts are told as they are.
   */
  readonly name: string;
  /** Of service accounts; else null. */
  readonly namespace: string | null;
}

/**
 * Left out are subjects of the system's own: names under `system:` but for those that mean everybody, service accounts
 * of the system's namespaces, and what AKS binds by itself (aks-cluster-admin-binding with its local accounts,
 * aks-cluster-admin-binding-aad with the groups that the cluster names, aks-service-rolebinding,
 * container-health-read-logs-global). A binding to nobody else counts among the others.
 */
export interface KubernetesBindings {
  readonly bindings: readonly KubernetesBinding[];
  /** How many there are beside. */
  readonly others: number;
}

/** A workload, and what it does; never a value. */
export interface WorkloadUse {
  /** As `namespace/kind/name`: the controller where there is one, else the pod. */
  readonly path: string;
  /** As in `container web: DB_PASSWORD from Secret database`. */
  readonly observed: string;
}

/** Workloads outside the system's namespaces that come by secrets in one way. */
export interface SecretUses {
  readonly uses: readonly WorkloadUse[];
  /** The list ends early, and there may be more. */
  readonly isCutOff: boolean;
  /** How many workloads were looked at. */
  readonly workloads: number;
}

/** An image that pods outside the system's namespaces run. */
export interface PodImage {
  /** As the pod names it. */
  readonly image: string;
  /** The first workload that runs it, as `namespace/kind/name`. */
  readonly path: string;
  /** How many workloads run it. */
  readonly workloads: number;
}

/** What pods outside the system's namespaces look like. */
export interface WorkloadLook {
  readonly answers: readonly WorkloadAnswer[];
  /** How many workloads were looked at. */
  readonly workloads: number;
}
