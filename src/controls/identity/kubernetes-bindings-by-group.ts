import { defineControl } from "../../domain/control.ts";
import type { BindingSubject, KubernetesBinding } from "../../domain/inspection.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";
import { bindingLists, describeSubject, noBindings } from "../kubernetes-lists.ts";

const expected = "a group or a service account";

export const kubernetesBindingsByGroup = defineControl({
  id: "identity.kubernetes-bindings-by-group",
  title: "Roles inside the cluster are bound to groups, not to users",
  severity: "medium",
  layer: "identity",
  rationale:
    "A binding to one person stays when they change teams or leave, and no review of groups ever shows it: it lies in a cluster, not in the directory.",
  remediation: {
    summary:
      "Bind the role to an Entra group that holds the person, then delete the binding that names them; members of a group come and go without a change in the cluster. Pipelines and other identities can be members too. No az command writes bindings: this one opens the cluster for kubectl.",
    commands: [
      "az aks get-credentials --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
    ],
    manifest: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: <team>-view
  namespace: <namespace>
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: <group-object-id>`,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/kubernetes-rbac-entra-id",
    cis: ["5.5.1"],
    guides: ["B"],
  },
  needs: ["kubernetesBindings"],
  evaluate({ kubernetesBindings }) {
    if (kubernetesBindings.state === "notInspected") return unknown(kubernetesBindings.reason);
    const { bindings, others } = kubernetesBindings.value;
    const toUsers: readonly Evidence[] = bindings
      .filter((binding) => !isOfPlatform(binding))
      .flatMap(({ path, role, subjects }) =>
        subjects
          .filter(isOutsideSystem)
          .map((subject) => ({ path, observed: `${describeSubject(subject)}: ${role}`, expected })),
      );
    if (isSome(toUsers)) return fail(...toUsers);

    const count = bindings.length + others;
    return count === 0
      ? unknown(noBindings)
      : pass({
          path: bindingLists,
          observed: `${count} bindings, none to a user outside system:`,
          expected,
        });
  },
});

/**
 * What begins with `system:` is a part of Kubernetes, a service account by its other name or, as `system:anonymous`,
 * everybody: of these workloads.cluster-admin-bindings-absent tells who owns the cluster.
 */
function isOutsideSystem({ kind, name }: BindingSubject): boolean {
  return kind === "User" && !name.startsWith("system:");
}

/**
 * Trusted Access binds resources of Azure to roles of its own, which another control judges
 * (https://learn.microsoft.com/azure/aks/trusted-access-feature); the other binding is the nodes'.
 */
function isOfPlatform({ path, role }: KubernetesBinding): boolean {
  return (
    role.startsWith("ClusterRole/aks:trustedaccessrole:") ||
    path === "ClusterRoleBinding/system:aks-client-node-proxier"
  );
}
