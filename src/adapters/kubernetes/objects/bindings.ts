import type {
  BindingSubject,
  ClusterPower,
  KubernetesBinding,
  KubernetesBindings,
} from "../../../domain/inspection.ts";
import { isSystemNamespace } from "../../../domain/system-namespaces.ts";
import type { MappedBinding } from "./map-binding.ts";
import type { RolePowers } from "./map-role.ts";

/** Roles that own something, by the name a binding gives them. */
export function powersByRole(roles: readonly RolePowers[]): ReadonlyMap<string, readonly ClusterPower[]> {
  return new Map(roles.filter(({ powers }) => powers.length > 0).map(({ role, powers }) => [role, powers]));
}

/**
 * The bindings to tell of, in order, and how many there are beside. `adminGroups` are the ids of the groups that Azure
 * names as the cluster's administrators; null where they could not be read: what leans on them is then left out.
 */
export function selectBindings(
  bindings: readonly MappedBinding[],
  roles: ReadonlyMap<string, readonly ClusterPower[]>,
  adminGroups: readonly string[] | null,
): KubernetesBindings {
  const told = bindings.flatMap((binding): readonly KubernetesBinding[] => {
    const subjects = binding.subjects.filter(
      (subject) => !isSystems(subject) && !isMadeByAks(binding, subject, adminGroups),
    );
    const powers = powersOf(binding, roles);
    if (subjects.length === 0 || (powers.length === 0 && subjects.every(({ kind }) => kind !== "User")))
      return [];
    return [
      {
        path: pathOf(binding),
        role: `${binding.roleKind}/${cutAtSign(binding.roleName)}`,
        powers,
        subjects: subjects.map(withoutPerson),
      },
    ];
  });
  return {
    bindings: told.sort((a, b) => (a.path < b.path ? -1 : 1)),
    others: bindings.length - told.length,
  };
}

const adminBinding = "aks-cluster-admin-binding-aad";

/** Whether only the cluster's own row can tell if AKS made a binding, or somebody gave the cluster to a group of his. */
export function leansOnAdminGroups({ namespace, name, subjects }: MappedBinding): boolean {
  return namespace === null && name === adminBinding && subjects.some(({ kind }) => kind === "Group");
}

function pathOf({ namespace, name }: MappedBinding): string {
  const told = cutAtSign(name);
  return namespace === null ? `ClusterRoleBinding/${told}` : `${namespace}/RoleBinding/${told}`;
}

/** Nodes are in no namespace, so that a right to them within one opens nothing. */
function powersOf(
  { namespace, roleKind, roleName }: MappedBinding,
  roles: ReadonlyMap<string, readonly ClusterPower[]>,
): readonly ClusterPower[] {
  if (roleKind === "ClusterRole" && roleName === "cluster-admin") return ["cluster-admin"];
  const role = roleKind === "Role" ? `${namespace ?? ""}/Role/${roleName}` : `ClusterRole/${roleName}`;
  const powers = roles.get(role) ?? [];
  return namespace === null ? powers : powers.filter((power) => power !== "nodes/proxy");
}

/** Names under `system:` that mean everybody, or whole namespaces of others: what they get, anybody gets. */
const everybody: ReadonlySet<string> = new Set([
  "system:anonymous",
  "system:unauthenticated",
  "system:authenticated",
  "system:serviceaccounts",
]);

/** Components of Kubernetes and Azure (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings). */
function isSystems({ kind, name, namespace }: BindingSubject): boolean {
  if (kind === "ServiceAccount") return isSystemNamespace(namespace ?? "");
  if (!name.startsWith("system:") || everybody.has(name)) return false;
  const [, accounts, ofNamespace = ""] = name.split(":");
  return accounts === "serviceaccount" || accounts === "serviceaccounts"
    ? isSystemNamespace(ofNamespace)
    : true;
}

/** Subjects that AKS binds by itself and binds again when somebody changes it, by the name of the binding; their names, or any. */
const madeByAks: Readonly<
  Record<string, { readonly kind: BindingSubject["kind"]; readonly names?: readonly string[] }>
> = {
  // Local accounts, which are turned off as a whole (https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad).
  "aks-cluster-admin-binding": { kind: "User", names: ["clusterAdmin", "clusterUser"] },
  "container-health-read-logs-global": { kind: "User", names: ["clusterUser"] },
  // The groups that the cluster's own row names as its administrators.
  [adminBinding]: { kind: "Group" },
  // Azure's support, by consent (https://learn.microsoft.com/azure/aks/concepts-identity).
  "aks-service-rolebinding": { kind: "User" },
};

function isMadeByAks(
  { namespace, name, roleName }: MappedBinding,
  subject: BindingSubject,
  adminGroups: readonly string[] | null,
): boolean {
  const made = namespace === null && Object.hasOwn(madeByAks, name) ? madeByAks[name] : undefined;
  if (made === undefined || made.kind !== subject.kind) return false;
  if (made.names !== undefined) return made.names.includes(subject.name);
  if (made.kind === "User") return roleName === "aks-service";
  return adminGroups === null || adminGroups.some((id) => id.toLowerCase() === subject.name.toLowerCase());
}

/** Evidence names no people; object ids and names under `system:` are none. */
function withoutPerson(subject: BindingSubject): BindingSubject {
  const { kind, name } = subject;
  const isNobodys = kind !== "User" || name.startsWith("system:") || objectId.test(name);
  return { ...subject, name: name.includes("@") || isNobodys ? cutAtSign(name) : `${[...name][0] ?? ""}…` };
}

const objectId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of a sign-in name, or what is named after one, what follows the `@`. */
function cutAtSign(name: string): string {
  return name.slice(Math.max(0, name.lastIndexOf("@")));
}
