import { defineControl } from "../../domain/control.ts";
import type { KubernetesBinding } from "../../domain/inspection.ts";
import { isSystemNamespace } from "../../domain/system-namespaces.ts";
import { type Evidence, isSome, lesserFail, pass, unknown, type Verdict } from "../../domain/verdict.ts";
import { assignPolicy } from "../assign-policy.ts";
import { bindingLists, describeSubject, noBindings } from "../kubernetes-lists.ts";
import { judgeReports } from "../workload-scan.ts";

const adminBindings = "a3dc4946-dba6-43e6-950d-f96532848c9f";
const wildcardRoles = "ca8d5704-aa2b-40cf-b110-dc19052825ad";

const expected = "no role that owns the cluster, but for its system and add-ons";

export const clusterAdminBindingsAbsent = defineControl({
  id: "workloads.cluster-admin-bindings-absent",
  title: "Nobody but the system is bound to a role that owns it all",
  severity: "critical",
  layer: "workloads",
  rationale:
    "Cluster-admin, a role of wildcards or the proxy to the nodes is all there is: whoever takes over one pod with such a service account, or one such person's session, has every secret and every workload.",
  remediation: {
    summary:
      "Bind a role that names what is needed, to a group or a service account, then delete the binding; what leaned on it stops at once. Rights to administer belong to the groups that the cluster names, which Azure shows. The policies name bindings to cluster-admin and roles with wildcards, they refuse none; the first command opens the cluster for kubectl.",
    commands: [
      "az aks get-credentials --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
      assignPolicy("cluster-admin-bindings", adminBindings),
      assignPolicy("wildcard-roles", wildcardRoles),
    ],
    manifest: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
  namespace: <namespace>
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, create, update, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: <team>-deployer
  namespace: <namespace>
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: deployer
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: <group-object-id>`,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/operator-best-practices-identity",
    cis: ["4.1.1", "4.1.3", "4.1.9"],
    policy: [adminBindings, wildcardRoles],
    guides: ["B"],
  },
  shortcut: {
    needs: ["kubernetesBindings"],
    evaluate({ kubernetesBindings }) {
      if (kubernetesBindings.state === "notInspected") return unknown(kubernetesBindings.reason);
      const { bindings, others } = kubernetesBindings.value;
      const count = bindings.length + others;
      if (count === 0) return unknown(noBindings);
      const offenders = bindings.flatMap(offendersIn);
      return (
        failBy(offenders) ??
        pass({ path: bindingLists, observed: `${count} bindings, none of them such`, expected })
      );
    },
  },
  needs: ["policyAddon", "workloadScan"],
  evaluate(facts) {
    const told = judgeReports(facts, [
      {
        expected: "no binding to cluster-admin",
        questions: [{ definition: adminBindings }],
      },
    ]);
    if (told.kind === "unknown") return told;
    const others = told.kind === "fail" ? told.evidence.filter(({ path }) => !isExpected(path)) : [];
    return (
      failBy(others, told.reason) ??
      unknown(
        "Azure Policy names no binding to cluster-admin, and sees neither who holds roles of wildcards nor who may use nodes/proxy.",
      )
    );
  },
});

/** The policy looks at no subject: it objects to what Kubernetes and AKS bind themselves as well. */
const expectedPaths = ["cluster-admin", "aks-cluster-admin-binding", "aks-cluster-admin-binding-aad"].map(
  (name) => `clusterrolebinding/${name}`,
);

function isExpected(path: string): boolean {
  return expectedPaths.includes(path.toLowerCase());
}

function offendersIn({ path, role, powers, subjects }: KubernetesBinding): readonly Evidence[] {
  if (powers.length === 0) return [];
  return subjects.map((subject) => ({
    path,
    observed: `${describeSubject(subject)}: ${role} (${powers.join(", ")})`,
    expected,
  }));
}

function failBy(offenders: readonly Evidence[], reason: string | null = null): Verdict | null {
  if (!isSome(offenders)) return null;
  return offenders.every(({ path }) => isWithinNamespace(path))
    ? lesserFail("medium", "Each binding gives every right there is, but within one namespace.", ...offenders)
    : { kind: "fail", evidence: offenders, reason };
}

/** Of a ClusterRoleBinding the path has no namespace. Whoever owns a namespace of the system owns the cluster. */
function isWithinNamespace(path: string): boolean {
  const [namespace = "", ...rest] = path.split("/");
  return rest.length > 1 && !isSystemNamespace(namespace);
}
