import { expect, test } from "vitest";
import { clusterAdminBindingsAbsent } from "../../../src/controls/workloads/cluster-admin-bindings-absent.ts";
import { assess } from "../../../src/domain/control.ts";
import type { BindingSubject, ClusterPower, KubernetesBinding } from "../../../src/domain/inspection.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { answerTo, askedPolicies, offending } from "../../support/hardened-policies.ts";
import { absent, gap, inspected, snapshot, withReading } from "../../support/snapshot.ts";

const subject = (changes: Partial<BindingSubject>): BindingSubject => ({
  kind: "Group",
  name: "dddd0000-0000-4000-8000-000000000001",
  namespace: null,
  ...changes,
});
const account = (namespace: string) => subject({ kind: "ServiceAccount", name: "runner", namespace });

const binding = (
  subjects: readonly BindingSubject[],
  changes: Partial<KubernetesBinding> = {},
): KubernetesBinding => ({
  path: "ClusterRoleBinding/ci",
  role: "ClusterRole/cluster-admin",
  powers: ["cluster-admin"],
  subjects,
  ...changes,
});
const holding = (...bindings: readonly KubernetesBinding[]) => ({
  kubernetesBindings: inspected({ bindings, others: 40 }),
});
const bound = (one: BindingSubject) => holding(binding([one]));
const withPower = (power: ClusterPower, path: string) =>
  holding(binding([account("ci")], { path, powers: [power] }));

const notInspected = { state: "notInspected", reason: "Inspection is off." } as const;
const named = (...paths: readonly string[]) => ({
  kubernetesBindings: notInspected,
  workloadScan: {
    answers: [
      answerTo(
        {
          ...askedPolicies.privileged,
          definition: "a3dc4946-dba6-43e6-950d-f96532848c9f",
          assignmentId: "/a",
        },
        { result: offending(...paths) },
      ),
    ],
  },
});

describeControl(clusterAdminBindingsAbsent, {
  pass: {
    "none does": {},
    "a role that does not own the cluster": holding(binding([account("ci")], { powers: [] })),
    "nobody is asked but the cluster itself": { policyAddon: { enabled: absent(false) } },
  },
  fail: {
    "a service account": bound(account("ci")),
    "a group": bound(subject({})),
    "a user": bound(subject({ kind: "User" })),
    "everybody who signed in": bound(subject({ name: "system:authenticated" })),
    "the second of two bindings": holding(binding([]), binding([subject({}), account("ci")])),
    wildcards: withPower("wildcard", "ClusterRoleBinding/ci"),
    "the nodes' proxy": withPower("nodes/proxy", "ClusterRoleBinding/ci"),
    "within a namespace": withPower("cluster-admin", "ci/RoleBinding/ci"),
    "named by Azure Policy, where nobody looked inside": named("ClusterRoleBinding/ci"),
    "named by Azure Policy beside those of AKS": named(
      "ClusterRoleBinding/aks-cluster-admin-binding",
      "clusterrolebinding/ci",
    ),
  },
  unknown: {
    "nobody looked": { kubernetesBindings: notInspected },
    "nobody looked, and the add-on is off": {
      kubernetesBindings: notInspected,
      policyAddon: { enabled: absent(false) },
    },
    "Azure Policy names none": named(),
    "Azure Policy names those of AKS alone": named(
      "ClusterRoleBinding/aks-cluster-admin-binding",
      "clusterrolebinding/cluster-admin",
    ),
    "no binding is listed": { kubernetesBindings: inspected({ bindings: [], others: 0 }) },
  },
});

test("each subject is named, with role and power", () => {
  const two = holding(binding([account("ci"), subject({})], { powers: ["cluster-admin", "wildcard"] }));
  expect(assess(clusterAdminBindingsAbsent, snapshot(two)).evidence.map(({ observed }) => observed)).toEqual([
    "ServiceAccount ci/runner: ClusterRole/cluster-admin (cluster-admin, wildcard)",
    "Group dddd0000-0000-4000-8000-000000000001: ClusterRole/cluster-admin (cluster-admin, wildcard)",
  ]);
});

test.each([
  ["ci/RoleBinding/ci", "medium"],
  ["kube-system/RoleBinding/ci", undefined],
  ["ClusterRoleBinding/ci", undefined],
])("%s weighs as it should", (path, severity) => {
  const verdict = assess(clusterAdminBindingsAbsent, snapshot(withPower("cluster-admin", path)));
  expect(verdict.kind === "fail" && verdict.severity).toBe(severity);
});

test("where nobody looked, what would tell is named: inspection, and what to assign", () => {
  const { reason } = assess(clusterAdminBindingsAbsent, snapshot({ kubernetesBindings: notInspected }));
  expect(reason).toContain("Inspection is off.");
  expect(reason).toContain("a3dc4946-dba6-43e6-950d-f96532848c9f");
});

test("what Azure Policy names stands where the Kubernetes API refused", () => {
  const refused = withReading(
    snapshot(named("ClusterRoleBinding/ci")),
    "kubernetesBindings",
    unavailable(gap()),
  );
  expect(assess(clusterAdminBindingsAbsent, refused)).toMatchObject({
    kind: "fail",
    evidence: [{ path: "ClusterRoleBinding/ci" }],
  });
});
