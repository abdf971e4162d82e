import type { RawObject } from "../world.ts";

/** What sets the inside of a made-up cluster apart from one in order. */
export interface InsideSpec {
  /** A private cluster whose network the monitor's is peered with, so that its name is resolved. Public ones are open to the monitor. */
  readonly isPeered?: boolean;
  /** Whoever comes is cut off, by a firewall. */
  readonly isClosed?: boolean;
  /** The monitor was given no right to the cluster's credential. */
  readonly isCredentialRefused?: boolean;
  /** What the monitor may not read: `everything`, or what takes a role of the company's own. */
  readonly refused?: "everything" | "rolesAndCustomResources";
  /** Nobody runs anything in it. */
  readonly isEmpty?: boolean;
  /** Namespaces beside that of the team, or that one otherwise than usual. */
  readonly namespaces?: readonly NamespaceSpec[];
  readonly bindings?: readonly BindingSpec[];
  /** Policies of the whole cluster. */
  readonly clusterPolicies?: readonly ClusterPolicyName[];
}

export interface NamespaceSpec {
  readonly name: string;
  /** Default: all that a namespace in order has. */
  readonly policies?: readonly PolicyName[];
  /** Default: those of a team. */
  readonly workloads?: readonly WorkloadSpec[];
}

/** A network policy: denies all, denies what comes in, lets all through, lets names be looked up, lets the web in. */
export type PolicyName = "default-deny" | "deny-ingress" | "allow-all" | "allow-dns" | "allow-web";

/** Denies all in the whole cluster, in the words of Cilium or of Calico. */
export type ClusterPolicyName = "cilium-default-deny" | "calico-default-deny";

/** What runs, and in what it differs from a hardened pod. */
export interface WorkloadSpec {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob" | "Pod";
  readonly name: string;
  /** Default 1. */
  readonly replicas?: number;
  /** Default: of the company's registry, by digest. */
  readonly image?: string;
  /** Laid over the pod's `spec`, key by key. */
  readonly pod?: RawObject;
  /** Laid over its one container, key by key. */
  readonly container?: RawObject;
  /** Beside the usual volumes. */
  readonly volumes?: readonly RawObject[];
}

/** A binding with what it binds to. */
export interface BindingSpec {
  readonly name: string;
  /** A RoleBinding there; without it a ClusterRoleBinding. */
  readonly namespace?: string;
  /** A role of Kubernetes or of AKS by its name, or one with rules of its own. */
  readonly role: string | { readonly name: string; readonly rules: readonly RawObject[] };
  readonly subjects: readonly SubjectSpec[];
}

export type SubjectSpec =
  | { readonly user: string }
  | { readonly group: string }
  | { readonly serviceAccount: string; readonly namespace: string };
