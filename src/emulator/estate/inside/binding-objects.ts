import { guidOf } from "../ids.ts";
import type { RawObject } from "../world.ts";
import type { BindingSpec, SubjectSpec } from "./inside-spec.ts";
import { keptByAks, kubernetesObject } from "./kubernetes-object.ts";

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

/** A role with its rules: of a namespace if it names one, else of the cluster. */
interface RoleObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly RawObject[];
}

interface BindingObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly role: { readonly kind: "Role" | "ClusterRole"; readonly name: string };
  readonly subjects: readonly SubjectSpec[];
}

const read = ["get", "list", "watch"] as const;
const everything = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
] as const;

const bootstrapping = { "kubernetes.io/bootstrapping": "rbac-defaults" } as const;

/** Roles that every cluster is made with, by Kubernetes or by AKS and its add-ons; their rules as far as they matter here. */
const ownRoles: readonly RoleObject[] = [
  { name: "cluster-admin", labels: bootstrapping, rules: everything },
  {
    name: "edit",
    labels: bootstrapping,
    rules: [
      { apiGroups: ["apps"], resources: ["deployments"], verbs: [...read, "create", "delete", "patch"] },
    ],
  },
  {
    name: "view",
    labels: bootstrapping,
    rules: [{ apiGroups: [""], resources: ["pods", "services"], verbs: read }],
  },
  {
    name: "system:kubelet-api-admin",
    labels: bootstrapping,
    rules: [
      { apiGroups: [""], resources: ["nodes"], verbs: read },
      {
        apiGroups: [""],
        resources: ["nodes/proxy", "nodes/log", "nodes/metrics", "nodes/stats"],
        verbs: ["*"],
      },
    ],
  },
  {
    name: "system:node-proxier",
    labels: bootstrapping,
    rules: [{ apiGroups: [""], resources: ["services", "endpoints"], verbs: ["list", "watch"] }],
  },
  {
    name: "aks-service",
    labels: keptByAks,
    rules: [{ apiGroups: [""], resources: ["nodes", "pods", "events"], verbs: read }],
  },
  {
    name: "container-health-log-reader",
    labels: keptByAks,
    rules: [{ apiGroups: [""], resources: ["pods/log", "events"], verbs: ["get", "list"] }],
  },
  {
    name: "cloud-node-manager",
    labels: keptByAks,
    rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["watch", "list", "get", "update", "patch"] }],
  },
  {
    name: "azure-policy",
    labels: keptByAks,
    rules: [
      { apiGroups: ["constraints.gatekeeper.sh"], resources: ["*"], verbs: ["*"] },
      { apiGroups: [""], resources: ["namespaces"], verbs: read },
    ],
  },
  {
    name: "extension-apiserver-authentication-reader",
    namespace: "kube-system",
    labels: bootstrapping,
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: read }],
  },
];

/**
 * Bindings that every cluster is made with. AKS binds the administrator to two users of certificates whether or not
 * local accounts are disabled, and what its support does to a third, which works while a request for support lets it.
 */
const ownBindings: readonly BindingObject[] = [
  {
    name: "cluster-admin",
    labels: bootstrapping,
    role: clusterRole("cluster-admin"),
    subjects: [{ group: "system:masters" }],
  },
  {
    name: "aks-cluster-admin-binding",
    labels: keptByAks,
    role: clusterRole("cluster-admin"),
    subjects: [{ user: "clusterAdmin" }, { user: "clusterUser" }],
  },
  {
    name: "aks-service-rolebinding",
    labels: keptByAks,
    role: clusterRole("aks-service"),
    subjects: [{ user: "aks-support" }],
  },
  {
    name: "container-health-read-logs-global",
    labels: keptByAks,
    role: clusterRole("container-health-log-reader"),
    subjects: [{ user: "clusterUser" }],
  },
  {
    name: "system:kube-proxy",
    labels: keptByAks,
    role: clusterRole("system:node-proxier"),
    subjects: [{ serviceAccount: "kube-proxy", namespace: "kube-system" }],
  },
  {
    name: "cloud-node-manager",
    labels: keptByAks,
    role: clusterRole("cloud-node-manager"),
    subjects: [{ serviceAccount: "cloud-node-manager", namespace: "kube-system" }],
  },
  {
    name: "azure-policy",
    labels: keptByAks,
    role: clusterRole("azure-policy"),
    subjects: [{ serviceAccount: "azure-policy", namespace: "kube-system" }],
  },
  {
    name: "metrics-server-auth-reader",
    namespace: "kube-system",
    labels: keptByAks,
    role: { kind: "Role", name: "extension-apiserver-authentication-reader" },
    subjects: [{ serviceAccount: "metrics-server", namespace: "kube-system" }],
  },
];

export interface AccessObjects {
  readonly roles: readonly RawObject[];
  readonly clusterRoles: readonly RawObject[];
  readonly roleBindings: readonly RawObject[];
  readonly clusterRoleBindings: readonly RawObject[];
}

/** Roles and bindings: those that every cluster has, the groups that administer it, the team that works in its namespace, and what its spec adds. */
export function accessObjects(
  team: string,
  administrators: readonly string[],
  added: readonly BindingSpec[] = [],
): AccessObjects {
  const bindings: readonly BindingObject[] = [
    ...ownBindings,
    ...(administrators.length === 0
      ? []
      : [
          {
            name: "aks-cluster-admin-binding-aad",
            labels: keptByAks,
            role: clusterRole("cluster-admin"),
            subjects: administrators.map((group) => ({ group })),
          },
        ]),
    {
      name: "developers",
      namespace: team,
      role: clusterRole("edit"),
      subjects: [{ group: guidOf(`group ${team}-developers`) }],
    },
    ...added.map(({ role, ...binding }) => ({
      ...binding,
      role: clusterRole(typeof role === "string" ? role : role.name),
    })),
  ];
  const roles: readonly RoleObject[] = [
    ...ownRoles,
    ...added.flatMap(({ role }) => (typeof role === "string" ? [] : [role])),
  ];
  return {
    roles: roles.filter(isNamespaced).map(roleObject),
    clusterRoles: roles.filter((role) => !isNamespaced(role)).map(roleObject),
    roleBindings: bindings.filter(isNamespaced).map(bindingObject),
    clusterRoleBindings: bindings.filter((binding) => !isNamespaced(binding)).map(bindingObject),
  };
}

function clusterRole(name: string): BindingObject["role"] {
  return { kind: "ClusterRole", name };
}

function isNamespaced({ namespace }: { readonly namespace?: string }): boolean {
  return namespace !== undefined;
}

function roleObject({ rules, ...named }: RoleObject): RawObject {
  return kubernetesObject(apiVersion, named.namespace === undefined ? "ClusterRole" : "Role", named, {
    rules,
  });
}

function bindingObject({ role, subjects, ...named }: BindingObject): RawObject {
  const kind = named.namespace === undefined ? "ClusterRoleBinding" : "RoleBinding";
  return kubernetesObject(apiVersion, kind, named, {
    roleRef: { apiGroup, ...role },
    subjects: subjects.map(subjectObject),
  });
}

function subjectObject(subject: SubjectSpec): RawObject {
  if ("user" in subject) return { apiGroup, kind: "User", name: subject.user };
  if ("group" in subject) return { apiGroup, kind: "Group", name: subject.group };
  return { kind: "ServiceAccount", name: subject.serviceAccount, namespace: subject.namespace };
}
