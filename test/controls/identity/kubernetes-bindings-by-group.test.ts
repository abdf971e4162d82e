import { expect, test } from "vitest";
import { kubernetesBindingsByGroup } from "../../../src/controls/identity/kubernetes-bindings-by-group.ts";
import { assess } from "../../../src/domain/control.ts";
import type { BindingSubject, KubernetesBinding } from "../../../src/domain/inspection.ts";
import { describeControl } from "../../support/describe-control.ts";
import { inspected, snapshot } from "../../support/snapshot.ts";

const somebody: BindingSubject = {
  kind: "User",
  name: "dddd0000-0000-4000-8000-000000000001",
  namespace: null,
};
const group: BindingSubject = { ...somebody, kind: "Group" };
const account: BindingSubject = { kind: "ServiceAccount", name: "deployer", namespace: "web" };

const binding = (...subjects: readonly BindingSubject[]): KubernetesBinding => ({
  path: "web/RoleBinding/web-view",
  role: "ClusterRole/view",
  powers: [],
  subjects,
});
const holding = (...bindings: readonly KubernetesBinding[]) => ({
  kubernetesBindings: inspected({ bindings, others: 40 }),
});

describeControl(kubernetesBindingsByGroup, {
  pass: {
    "none names a user": {},
    "a group": holding(binding(group)),
    "a service account": holding(binding(account)),
    "users of the system": holding(
      binding({ ...somebody, name: "system:kube-scheduler" }),
      binding({ ...somebody, name: "system:serviceaccount:web:deployer" }),
    ),
    "everybody, which is no user that a group could hold": holding(
      binding({ ...somebody, name: "system:anonymous" }),
    ),
    "the nodes, by the binding of AKS": holding({
      ...binding({ ...somebody, name: "client" }),
      path: "ClusterRoleBinding/system:aks-client-node-proxier",
    }),
    "a resource of Azure by Trusted Access": holding({
      ...binding(somebody),
      role: "ClusterRole/aks:trustedaccessrole:defender-containers:microsoft-defender-operator",
    }),
  },
  fail: {
    "a user by object id": holding(binding(somebody)),
    "a user by sign-in name": holding(binding({ ...somebody, name: "@contoso.com" })),
    "a user beside a group": holding(binding(group, somebody)),
    "a user in the second binding": holding(binding(group), binding(somebody)),
    "a user by a binding that takes the name of AKS within a namespace": holding({
      ...binding(somebody),
      path: "web/RoleBinding/system:aks-client-node-proxier",
    }),
    "a user whose name is like the system's": holding(binding({ ...somebody, name: "system" })),
  },
  unknown: {
    "nobody looked": { kubernetesBindings: { state: "notInspected", reason: "Inspection is off." } },
    "no binding is listed": { kubernetesBindings: inspected({ bindings: [], others: 0 }) },
  },
});

test("each user is named, with the role", () => {
  const verdict = assess(
    kubernetesBindingsByGroup,
    snapshot(holding(binding(somebody, { ...somebody, name: "@contoso.com" }))),
  );
  expect(verdict.evidence.map(({ path, observed }) => [path, observed])).toEqual([
    ["web/RoleBinding/web-view", `User ${somebody.name}: ClusterRole/view`],
    ["web/RoleBinding/web-view", "User @contoso.com: ClusterRole/view"],
  ]);
});

test("a pass tells how many were looked at", () => {
  expect(assess(kubernetesBindingsByGroup, snapshot(holding(binding(group)))).evidence).toMatchObject([
    { observed: "41 bindings, none to a user outside system:" },
  ]);
});
