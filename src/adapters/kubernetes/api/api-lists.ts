import { grantDataAction, grantReading } from "./remedies.ts";

/** A list that the Kubernetes API keeps of all namespaces. */
export interface ApiList {
  readonly path: string;
  /** As in `the network policies`. */
  readonly what: string;
  /** Of one object: `a network policy`. */
  readonly one: string;
  /** The API group that must be installed; null for those that every cluster has. */
  readonly group: string | null;
  /** What helps when it is refused. */
  readonly remedy: (clusterId: string) => string;
}

const builtIn = (path: string, what: string, one: string): ApiList => ({
  path,
  what,
  one,
  group: null,
  remedy: (clusterId) => grantReading(resourceIn(path), clusterId),
});

const ofRbac = (resource: string, what: string, one: string): ApiList => ({
  path: `/apis/rbac.authorization.k8s.io/v1/${resource}`,
  what,
  one,
  group: null,
  remedy: (clusterId) =>
    grantDataAction(
      `rbac.authorization.k8s.io/${resource}/read`,
      `${resource}.rbac.authorization.k8s.io`,
      clusterId,
    ),
});

const custom = (group: string, version: string, resource: string, what: string, one: string): ApiList => ({
  path: `/apis/${group}/${version}/${resource}`,
  what,
  one,
  group,
  remedy: (clusterId) => grantDataAction("customresources/read", `${resource}.${group}`, clusterId),
});

/**
 * Everything that is read. Of Calico the lists are those it keeps its policies in: AKS installs no server for
 * projectcalico.org/v3 (https://github.com/Azure/AKS/issues/4038), and where one is, it keeps them here as well.
 */
export const apiLists = {
  namespaces: builtIn("/api/v1/namespaces", "the namespaces", "a namespace"),
  pods: builtIn("/api/v1/pods", "the pods", "a pod"),
  networkPolicies: builtIn(
    "/apis/networking.k8s.io/v1/networkpolicies",
    "the network policies",
    "a network policy",
  ),
  ciliumPolicies: custom(
    "cilium.io",
    "v2",
    "ciliumnetworkpolicies",
    "the network policies of Cilium",
    "a network policy of Cilium",
  ),
  ciliumClusterPolicies: custom(
    "cilium.io",
    "v2",
    "ciliumclusterwidenetworkpolicies",
    "the clusterwide network policies of Cilium",
    "a clusterwide network policy of Cilium",
  ),
  calicoPolicies: custom(
    "crd.projectcalico.org",
    "v1",
    "networkpolicies",
    "the network policies of Calico",
    "a network policy of Calico",
  ),
  calicoGlobalPolicies: custom(
    "crd.projectcalico.org",
    "v1",
    "globalnetworkpolicies",
    "the global network policies of Calico",
    "a global network policy of Calico",
  ),
  roles: ofRbac("roles", "the roles", "a role"),
  clusterRoles: ofRbac("clusterroles", "the cluster roles", "a cluster role"),
  roleBindings: ofRbac("rolebindings", "the role bindings", "a role binding"),
  clusterRoleBindings: ofRbac("clusterrolebindings", "the cluster role bindings", "a cluster role binding"),
  secretProviderClasses: custom(
    "secrets-store.csi.x-k8s.io",
    "v1",
    "secretproviderclasses",
    "the secret provider classes",
    "a secret provider class",
  ),
} as const satisfies Readonly<Record<string, ApiList>>;

/** As kubectl names it: `pods`, `networkpolicies.networking.k8s.io`. */
function resourceIn(path: string): string {
  const parts = path.split("/");
  const resource = parts.at(-1) ?? "";
  return parts[1] === "apis" ? `${resource}.${parts[2] ?? ""}` : resource;
}
