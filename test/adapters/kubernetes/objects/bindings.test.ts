import { describe, expect, it } from "vitest";
import {
  leansOnAdminGroups,
  powersByRole,
  selectBindings,
} from "../../../../src/adapters/kubernetes/objects/bindings.ts";
import { mapBinding } from "../../../../src/adapters/kubernetes/objects/map-binding.ts";
import { mapRole } from "../../../../src/adapters/kubernetes/objects/map-role.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import { rawBinding, rawRole } from "../support/raw-objects.ts";

const group = { kind: "Group", name: "ffffffff-0000-4000-8000-000000000001" };
const account = { kind: "ServiceAccount", name: "ci", namespace: "build" };
const user = (name: string) => ({ kind: "User", name });

function select(
  bindings: readonly RawObject[],
  roles: readonly RawObject[] = [],
  adminGroups: readonly string[] | null = [],
) {
  return selectBindings(
    bindings.map((value) => mapBinding({ path: "", value })),
    powersByRole(roles.map((value) => mapRole({ path: "", value }))),
    adminGroups,
  );
}

describe("the powers of a role", () => {
  const rule = (apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]) => ({
    apiGroups,
    resources,
    verbs,
  });
  it.each([
    ["everything everywhere", [rule(["*"], ["*"], ["*"])], ["wildcard"]],
    ["everything to look at", [rule(["*"], ["*"], ["get", "list"])], ["nodes/proxy"]],
    ["everything in the core group", [rule(["apps", ""], ["*"], ["*"])], ["wildcard"]],
    ["everything about access", [rule(["rbac.authorization.k8s.io"], ["*"], ["*"])], ["wildcard"]],
    ["everything to look at in the core group", [rule([""], ["*"], ["get"])], ["nodes/proxy"]],
    ["everything in another group", [rule(["apps"], ["*"], ["*"])], []],
    [
      "the proxy to nodes",
      [rule([""], ["pods"], ["get"]), rule([""], ["nodes", "nodes/proxy"], ["get"])],
      ["nodes/proxy"],
    ],
    ["every proxy", [rule(["*"], ["*/proxy"], ["create"])], ["nodes/proxy"]],
    ["the proxy to pods", [rule([""], ["pods/proxy"], ["*"])], []],
    ["the proxy of another group", [rule(["apps"], ["nodes/proxy"], ["*"])], []],
    [
      "wildcards that do not meet in one rule",
      [rule(["apps"], ["*"], ["*"]), rule(["*"], ["pods"], ["*"])],
      [],
    ],
    ["addresses alone", [{ nonResourceURLs: ["*"], verbs: ["*"] }], []],
    ["nothing", [], []],
  ])("over %s", (_, rules, powers) => {
    expect(mapRole({ path: "", value: rawRole("r", rules) })).toEqual({ role: "ClusterRole/r", powers });
  });
});

describe("bindings", () => {
  const wildcard = rawRole("all", [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]);
  const proxy = rawRole("proxy", [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }]);

  it("are told with their role, its powers and whom they bind, in order", () => {
    const bindings = [
      rawBinding("z", "ClusterRole/all", [group]),
      rawBinding("a", "ClusterRole/cluster-admin", [account, group]),
      rawBinding("view", "ClusterRole/view", [group]),
    ];
    expect(select(bindings, [wildcard])).toEqual({
      bindings: [
        {
          path: "ClusterRoleBinding/a",
          role: "ClusterRole/cluster-admin",
          powers: ["cluster-admin"],
          subjects: [account, { ...group, namespace: null }],
        },
        {
          path: "ClusterRoleBinding/z",
          role: "ClusterRole/all",
          powers: ["wildcard"],
          subjects: [{ ...group, namespace: null }],
        },
      ],
      others: 1,
    });
  });

  it.each([
    [
      "of the cluster's role in a namespace",
      rawBinding("b", "ClusterRole/all", [group], "web"),
      ["wildcard"],
    ],
    ["of a namespace's own role", rawBinding("b", "Role/own", [group], "web"), ["wildcard"]],
    ["of the role of another namespace", rawBinding("b", "Role/own", [group], "shop"), null],
    [
      "to nodes within a namespace, which has none",
      rawBinding("b", "ClusterRole/proxy", [group], "web"),
      null,
    ],
    ["to nodes", rawBinding("b", "ClusterRole/proxy", [group]), ["nodes/proxy"]],
    ["of a role that is not there", rawBinding("b", "ClusterRole/gone", [group]), null],
  ])("%s have its powers there", (_, binding, powers) => {
    const own = rawRole("own", [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }], "web");
    const { bindings } = select([binding], [wildcard, proxy, own]);
    expect(bindings.map((one) => one.powers)).toEqual(powers === null ? [] : [powers]);
  });

  it.each([
    ["someone@contoso.com", "@contoso.com"],
    ["someone_fabrikam.com#EXT#@contoso.com", "@contoso.com"],
    ["https://issuer.example#someone@contoso.com", "@contoso.com"],
    ["ffffffff-0000-4000-8000-000000000002", "ffffffff-0000-4000-8000-000000000002"],
    ["alice.smith", "a…"],
    ["ffffffff-0000", "f…"],
    ["system:serviceaccount:web:default", "system:serviceaccount:web:default"],
  ])("to the user %s are told whatever the role, without naming a person", (name, told) => {
    expect(select([rawBinding("b", "ClusterRole/view", [user(name)], "web")]).bindings).toEqual([
      {
        path: "web/RoleBinding/b",
        role: "ClusterRole/view",
        powers: [],
        subjects: [{ kind: "User", name: told, namespace: null }],
      },
    ]);
  });

  it("name no person by what is called after one either", () => {
    const mail = "someone@contoso.com";
    const binding = rawBinding(`${mail}-all`, `ClusterRole/${mail}`, [
      { kind: "Group", name: mail },
      user(mail),
    ]);
    const own = rawRole(mail, [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]);
    const { bindings } = select([binding], [own]);
    expect(bindings).toMatchObject([
      { path: "ClusterRoleBinding/@contoso.com-all", role: "ClusterRole/@contoso.com", powers: ["wildcard"] },
    ]);
    expect(JSON.stringify(bindings)).not.toContain("someone");
  });

  it.each<RawObject>([
    { kind: "Group", name: "system:masters" },
    { kind: "Group", name: "system:nodes" },
    { kind: "Group", name: "system:serviceaccounts:kube-system" },
    user("system:kube-controller-manager"),
    user("system:serviceaccount:kube-system:coredns"),
    { kind: "ServiceAccount", name: "azure-policy", namespace: "kube-system" },
    { kind: "ServiceAccount", name: "tigera-operator", namespace: "tigera-operator" },
  ])("to the system's own %j count among the others", (subject) => {
    expect(select([rawBinding("b", "ClusterRole/cluster-admin", [subject])])).toEqual({
      bindings: [],
      others: 1,
    });
    expect(
      select([rawBinding("b", "ClusterRole/cluster-admin", [subject, group])]).bindings[0]?.subjects,
    ).toEqual([{ ...group, namespace: null }]);
  });

  it.each<RawObject>([
    { kind: "Group", name: "system:authenticated" },
    { kind: "Group", name: "system:unauthenticated" },
    { kind: "Group", name: "system:serviceaccounts" },
    { kind: "Group", name: "system:serviceaccounts:web" },
    user("system:anonymous"),
    user("system:serviceaccount:web:default"),
  ])("to everybody, as %j, are told although it begins like the system's", (subject) => {
    expect(select([rawBinding("b", "ClusterRole/cluster-admin", [subject])]).bindings).toHaveLength(1);
  });

  it("that AKS makes count among the others, as long as they bind whom AKS binds", () => {
    const made = [
      rawBinding("aks-cluster-admin-binding", "ClusterRole/cluster-admin", [
        user("clusterAdmin"),
        user("clusterUser"),
      ]),
      rawBinding("aks-cluster-admin-binding-aad", "ClusterRole/cluster-admin", [group]),
      rawBinding("aks-service-rolebinding", "ClusterRole/aks-service", [user("aks-support")]),
      rawBinding("container-health-read-logs-global", "ClusterRole/container-health-log-reader", [
        user("clusterUser"),
      ]),
    ];
    expect(select(made, [], [group.name.toUpperCase()])).toEqual({ bindings: [], others: 4 });
  });

  it("of AKS's name for groups that nobody could read are left out, and said to be in doubt", () => {
    const binding = (subjects: readonly RawObject[], namespace?: string) =>
      rawBinding("aks-cluster-admin-binding-aad", "ClusterRole/cluster-admin", subjects, namespace);
    const isInDoubt = (value: RawObject) => leansOnAdminGroups(mapBinding({ path: "", value }));
    expect(
      select([binding([group, account])], [], null).bindings.flatMap(({ subjects }) => subjects),
    ).toEqual([account]);
    expect(isInDoubt(binding([group, account]))).toBe(true);
    expect(isInDoubt(binding([account]))).toBe(false);
    expect(isInDoubt(binding([group], "web"))).toBe(false);
    expect(isInDoubt(rawBinding("mine", "ClusterRole/cluster-admin", [group]))).toBe(false);
  });

  it.each([
    [
      "with another user",
      rawBinding("aks-cluster-admin-binding", "ClusterRole/cluster-admin", [user("mallory")]),
    ],
    [
      "with a group that Azure does not name",
      rawBinding("aks-cluster-admin-binding-aad", "ClusterRole/cluster-admin", [group]),
    ],
    [
      "with a mightier role",
      rawBinding("aks-service-rolebinding", "ClusterRole/cluster-admin", [user("aks-support")]),
    ],
    [
      "in a namespace",
      rawBinding("aks-cluster-admin-binding", "ClusterRole/cluster-admin", [user("clusterAdmin")], "web"),
    ],
  ])("named like one of those but %s are told", (_, binding) => {
    expect(select([binding], [], ["ffffffff-0000-4000-8000-00000000000f"]).bindings).toHaveLength(1);
  });

  it.each([
    [{ ...rawBinding("b", "ClusterRole/view", []), roleRef: {} }, "roleRef.kind is absent"],
    [rawBinding("b", "ClusterRole/view", [{ kind: "Robot", name: "x" }]), "subjects[0].kind is a string"],
    [
      rawBinding("b", "ClusterRole/view", [{ kind: "ServiceAccount", name: "x" }]),
      "subjects[0].namespace is absent",
    ],
    [{ ...rawBinding("b", "ClusterRole/view", []), subjects: "all" }, "subjects is a string"],
  ])("that are malformed are none", (binding, detail) => {
    expect(() => select([binding])).toThrow(detail);
  });
});
