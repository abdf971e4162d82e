import { describe, expect, it } from "vitest";
import {
  type BlanketRule,
  rulesMeaning,
} from "../../../../../src/adapters/kubernetes/objects/policies/blanket-rule.ts";
import { mapCalicoPolicy } from "../../../../../src/adapters/kubernetes/objects/policies/calico-policy.ts";
import { mapCiliumPolicy } from "../../../../../src/adapters/kubernetes/objects/policies/cilium-policy.ts";
import { mapKubernetesPolicy } from "../../../../../src/adapters/kubernetes/objects/policies/kubernetes-policy.ts";
import type { Place } from "../../../../../src/adapters/row.ts";
import type { RawObject } from "../../../../../src/emulator/estate/world.ts";

type Map = (root: Place) => readonly BlanketRule[];

/** What a policy means for a namespace, in short: `-ingress` denies it by default, `+egress` lets all of it through. */
function effect(map: Map, spec: RawObject, namespace: string | null = "web", of = "web"): string {
  const metadata = { name: "p", ...(namespace !== null && { namespace }) };
  const rules = map({ path: "", value: { metadata, spec } });
  const labels = new Map([
    ["kubernetes.io/metadata.name", of],
    ["team", "payments"],
  ]);
  return rulesMeaning({ name: of, labels }, rules)
    .flatMap(({ denies, allows }) => [...denies.map((one) => `-${one}`), ...allows.map((one) => `+${one}`)])
    .join(" ");
}

const all = {};

describe("a NetworkPolicy", () => {
  it.each<[string, RawObject, string]>([
    ["denies both ways", { podSelector: all, policyTypes: ["Ingress", "Egress"] }, "-ingress -egress"],
    ["denies what comes in unless it says more", { podSelector: all }, "-ingress"],
    [
      "denies both ways where it has rules for both",
      { podSelector: all, egress: [{ to: [{ podSelector: all }] }] },
      "-ingress -egress",
    ],
    [
      "denies nothing that goes out by an empty list of rules alone",
      { podSelector: all, egress: [] },
      "-ingress",
    ],
    [
      "denies one way when it says so",
      { podSelector: all, policyTypes: ["Egress"], ingress: [{}] },
      "-egress",
    ],
    ["lets everything in by an empty rule", { podSelector: all, ingress: [{}] }, "-ingress +ingress"],
    [
      "lets everything in from nowhere in particular",
      { podSelector: all, ingress: [{ from: [] }] },
      "-ingress +ingress",
    ],
    [
      "lets everything out",
      { podSelector: all, policyTypes: ["Ingress", "Egress"], egress: [{}] },
      "-ingress -egress +egress",
    ],
    [
      "lets some ports in from everywhere",
      { podSelector: all, ingress: [{ ports: [{ port: 80 }] }] },
      "-ingress",
    ],
    [
      "lets all of TCP in",
      { podSelector: all, ingress: [{ ports: [{ protocol: "TCP" }] }] },
      "-ingress +ingress",
    ],
    [
      "lets all of TCP in by a range",
      { podSelector: all, ingress: [{ ports: [{ port: 1, endPort: 65535 }] }] },
      "-ingress +ingress",
    ],
    ["lets UDP in", { podSelector: all, ingress: [{ ports: [{ protocol: "UDP" }] }] }, "-ingress"],
    ["lets a port by name in", { podSelector: all, ingress: [{ ports: [{ port: "http" }] }] }, "-ingress"],
    [
      "lets all addresses in",
      { podSelector: all, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
      "-ingress +ingress",
    ],
    [
      "lets all addresses but some in",
      { podSelector: all, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }] },
      "-ingress",
    ],
    [
      "lets all addresses in by a range that begins elsewhere",
      { podSelector: all, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/0" } }] }] },
      "-ingress +ingress",
    ],
    [
      "lets all addresses in by halves",
      {
        podSelector: all,
        ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/1" } }, { ipBlock: { cidr: "128.0.0.0/1" } }] }],
      },
      "-ingress +ingress",
    ],
    [
      "lets all addresses of IPv6 in by halves in two rules",
      {
        podSelector: all,
        ingress: [{ from: [{ ipBlock: { cidr: "8000::/1" } }] }, { from: [{ ipBlock: { cidr: "::/1" } }] }],
      },
      "-ingress +ingress",
    ],
    [
      "lets one half in",
      { podSelector: all, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/1" } }] }] },
      "-ingress",
    ],
    [
      "perhaps means all pods, by a label none is to have, and then lets all in",
      { podSelector: { matchExpressions: [{ key: "none", operator: "DoesNotExist" }] }, ingress: [{}] },
      "+ingress",
    ],
    [
      "perhaps means all pods, by values none is to have, and then denies nothing for sure",
      { podSelector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["x"] }] } },
      "",
    ],
    [
      "means some pods by a label to have and one not to",
      {
        podSelector: {
          matchLabels: { app: "web" },
          matchExpressions: [{ key: "x", operator: "DoesNotExist" }],
        },
        ingress: [{}],
      },
      "",
    ],
    ["lets all pods in", { podSelector: all, ingress: [{ from: [{ namespaceSelector: all }] }] }, "-ingress"],
    ["means some pods", { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] }, ""],
    [
      "means some pods by an expression",
      { podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } },
      "",
    ],
    ["means all by empty lists", { podSelector: { matchLabels: {}, matchExpressions: [] } }, "-ingress"],
  ])("%s", (_, spec, expected) => {
    expect(effect(mapKubernetesPolicy, spec)).toBe(expected);
    expect(effect(mapKubernetesPolicy, spec, "web", "shop")).toBe("");
  });

  it.each([
    {},
    { podSelector: null },
    { podSelector: "all" },
    { podSelector: all, policyTypes: "Ingress" },
    { podSelector: all, ingress: {} },
  ])("like %j is malformed", (spec) => {
    expect(() => effect(mapKubernetesPolicy, spec)).toThrow(/spec\./);
  });
});

describe("a policy of Cilium", () => {
  const entity = (...entities: readonly string[]) => ({ fromEntities: entities });
  it.each<[string, RawObject, string]>([
    ["denies by an empty rule", { ingress: [{}], egress: [{}] }, "-ingress -egress"],
    ["denies nothing by an empty list", { ingress: [] }, ""],
    [
      "denies by what it lets through",
      { ingress: [{ fromEndpoints: [{ matchLabels: { app: "web" } }] }] },
      "-ingress",
    ],
    ["denies by what it denies", { ingressDeny: [entity("world")] }, "-ingress"],
    ["denies nothing when it says so", { ingress: [{}], enableDefaultDeny: { ingress: false } }, ""],
    ["denies when it says so", { ingress: [], enableDefaultDeny: { ingress: true } }, "-ingress"],
    ["lets all in", { ingress: [entity("all")] }, "-ingress +ingress"],
    ["lets all in in two pieces", { ingress: [entity("world"), entity("cluster")] }, "-ingress +ingress"],
    ["lets the world in", { ingress: [entity("world")] }, "-ingress"],
    [
      "lets all addresses and the cluster out",
      { egress: [{ toCIDR: ["0.0.0.0/0"] }, { toEntities: ["cluster"] }] },
      "-egress +egress",
    ],
    [
      "lets all addresses but some, and the cluster, out",
      {
        egress: [{ toCIDRSet: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }] }, { toEntities: ["cluster"] }],
      },
      "-egress",
    ],
    [
      "lets all in on a port",
      { ingress: [{ ...entity("all"), toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] }] },
      "-ingress",
    ],
    [
      "lets all in on any port",
      { ingress: [{ ...entity("all"), toPorts: [{ ports: [{ port: "0", protocol: "ANY" }] }] }] },
      "-ingress +ingress",
    ],
    [
      "lets all be pinged",
      { ingress: [{ ...entity("all"), icmps: [{ fields: [{ type: 8 }] }] }] },
      "-ingress",
    ],
    [
      "lets any peer in on any port",
      { ingress: [{ toPorts: [{ ports: [{ port: "0", protocol: "ANY" }] }] }] },
      "-ingress +ingress",
    ],
    [
      "lets any peer in on all ports of TCP",
      { ingress: [{ toPorts: [{ ports: [{ port: "1", endPort: 65535, protocol: "TCP" }] }] }] },
      "-ingress +ingress",
    ],
    [
      "lets any peer in on all ports of UDP",
      { ingress: [{ toPorts: [{ ports: [{ port: "1", endPort: 65535, protocol: "UDP" }] }] }] },
      "-ingress",
    ],
    ["lets any peer in on a port", { ingress: [{ toPorts: [{ ports: [{ port: "443" }] }] }] }, "-ingress"],
    [
      "lets any peer out on any port",
      { egress: [{ toPorts: [{ ports: [{ port: "0" }] }] }] },
      "-egress +egress",
    ],
    [
      "lets some peers out on any port",
      { egress: [{ toFQDNs: [{ matchName: "contoso.com" }], toPorts: [{ ports: [{ port: "0" }] }] }] },
      "-egress",
    ],
    [
      "lets all addresses by halves and the cluster out",
      { egress: [{ toCIDR: ["0.0.0.0/1"] }, { toCIDR: ["128.0.0.0/1"] }, { toEntities: ["cluster"] }] },
      "-egress +egress",
    ],
    ["lets its own namespace in", { ingress: [{ fromEndpoints: [{}] }] }, "-ingress"],
  ])("%s", (_, spec, expected) => {
    expect(effect(mapCiliumPolicy, { endpointSelector: {}, ...spec })).toBe(expected);
    expect(effect(mapCiliumPolicy, { endpointSelector: {}, ...spec }, "web", "shop")).toBe("");
    expect(effect(mapCiliumPolicy, { endpointSelector: {}, ...spec }, null)).toBe(expected);
  });

  const expression = (key: string, operator: string, ...values: readonly string[]) => ({
    matchExpressions: [{ key, operator, values }],
  });
  it.each<[string, RawObject, string]>([
    ["some pods", { matchLabels: { app: "web" } }, ""],
    ["the namespace", { matchLabels: { "k8s:io.kubernetes.pod.namespace": "web" } }, "-ingress"],
    ["another namespace", { matchLabels: { "io.kubernetes.pod.namespace": "shop" } }, ""],
    ["all but the system's", expression("io.kubernetes.pod.namespace", "NotIn", "kube-system"), "-ingress"],
    ["all but this", expression("io.kubernetes.pod.namespace", "NotIn", "web"), ""],
    [
      "namespaces of a team",
      { matchLabels: { "k8s:io.cilium.k8s.namespace.labels.team": "payments" } },
      "-ingress",
    ],
    ["namespaces with a label", expression("io.cilium.k8s.namespace.labels.team", "Exists"), "-ingress"],
    ["namespaces without it", expression("io.cilium.k8s.namespace.labels.team", "DoesNotExist"), ""],
    ["namespaces by a word nobody knows", expression("io.cilium.k8s.namespace.labels.team", "Like", "p"), ""],
    ["pods of a namespace", { matchLabels: { "io.kubernetes.pod.namespace": "web", app: "web" } }, ""],
  ])("of the whole cluster that selects %s means it, or not", (_, endpointSelector, expected) => {
    expect(effect(mapCiliumPolicy, { endpointSelector, ingress: [{}] }, null)).toBe(expected);
  });

  it.each<[string, RawObject, string]>([
    [
      "the name of the cluster",
      { matchLabels: { "k8s:io.cilium.k8s.policy.cluster": "default" } },
      "+ingress",
    ],
    ["a label pods are not to have", expression("none", "DoesNotExist"), "+ingress"],
    ["values pods are not to have", expression("app", "NotIn", "x"), "+ingress"],
    ["a word nobody knows", expression("app", "Like", "x"), "+ingress"],
    [
      "another namespace, and a label pods are not to have",
      { matchLabels: { "io.kubernetes.pod.namespace": "shop" }, ...expression("none", "DoesNotExist") },
      "",
    ],
    ["a label pods are to have", expression("app", "Exists"), ""],
  ])(
    "that perhaps selects all pods, by %s, denies nothing and lets in what it lets in",
    (_, endpointSelector, expected) => {
      expect(effect(mapCiliumPolicy, { endpointSelector, ingress: [entity("all")] }, null)).toBe(expected);
    },
  );

  it("may have several rules, and those for nodes mean no pod", () => {
    const specs = [
      { endpointSelector: {}, ingress: [{}] },
      { endpointSelector: {}, egress: [{}] },
      { nodeSelector: {}, ingress: [entity("all")] },
    ];
    const rules = mapCiliumPolicy({ path: "", value: { metadata: { name: "p" }, specs } });
    expect(rules.map(({ path, denies, allows }) => ({ path, denies, allows }))).toEqual([
      { path: "CiliumClusterwideNetworkPolicy/p", denies: ["ingress"], allows: [] },
      { path: "CiliumClusterwideNetworkPolicy/p", denies: ["egress"], allows: [] },
    ]);
  });
});

describe("a policy of Calico", () => {
  const allow = { action: "Allow" };
  it.each<[string, RawObject, string]>([
    ["denies both ways", { selector: "all()", types: ["Ingress", "Egress"] }, "-ingress -egress"],
    ["denies what comes in when it says nothing", {}, "-ingress"],
    ["denies what goes out where it has rules for it alone", { egress: [{ action: "Deny" }] }, "-egress"],
    [
      "denies both ways where it has rules for both",
      { ingress: [{ action: "Deny" }], egress: [{ action: "Deny" }] },
      "-ingress -egress",
    ],
    ["lets everything in", { ingress: [allow] }, "-ingress +ingress"],
    ["passes everything on, and so lets it in", { ingress: [{ action: "Pass" }] }, "-ingress +ingress"],
    [
      "denies everything before it lets it in",
      { ingress: [{ action: "Log" }, { action: "Deny" }, allow] },
      "-ingress",
    ],
    ["lets all of TCP in", { ingress: [{ ...allow, protocol: "TCP" }] }, "-ingress +ingress"],
    ["lets UDP in", { ingress: [{ ...allow, protocol: "UDP" }] }, "-ingress"],
    [
      "lets a port in",
      { ingress: [{ ...allow, protocol: "TCP", destination: { ports: [80] } }] },
      "-ingress",
    ],
    [
      "lets all addresses out",
      { types: ["Egress"], egress: [{ ...allow, destination: { nets: ["0.0.0.0/0"] } }] },
      "-egress +egress",
    ],
    [
      "lets some addresses out",
      { types: ["Egress"], egress: [{ ...allow, destination: { nets: ["10.0.0.0/8"] } }] },
      "-egress",
    ],
    [
      "lets all addresses in by halves",
      { ingress: [{ ...allow, source: { nets: ["0.0.0.0/1", "128.0.0.0/1"] } }] },
      "-ingress +ingress",
    ],
    ["lets some pods in", { ingress: [{ ...allow, source: { selector: "app == 'web'" } }] }, "-ingress"],
    ["means some pods", { selector: "app == 'web'", ingress: [allow] }, ""],
    ["means pods of a service account", { serviceAccountSelector: "name == 'api'", ingress: [allow] }, ""],
    ["means nodes", { doNotTrack: true, ingress: [allow] }, ""],
    ["belongs to a tier of somebody's own", { tier: "security", types: ["Ingress"] }, ""],
    ["lets everything in in a tier of somebody's own", { tier: "security", ingress: [allow] }, "+ingress"],
  ])("%s", (_, spec, expected) => {
    expect(effect(mapCalicoPolicy, spec)).toBe(expected);
    expect(effect(mapCalicoPolicy, spec, "web", "shop")).toBe("");
    expect(effect(mapCalicoPolicy, spec, null)).toBe(expected);
  });

  it.each([
    ["all()", true],
    ['projectcalico.org/name == "web"', true],
    ["projectcalico.org/name != 'web'", false],
    ['has(projectcalico.org/name) && projectcalico.org/name not in {"kube-system", "calico-system"}', true],
    ["kubernetes.io/metadata.name not in {'web'}", false],
    ["team in { 'payments', 'search' }", true],
    ["has(team)", true],
    ["!has(team)", false],
    ["!has(other) && team == 'payments'", true],
  ])("with the selector of namespaces %s means this one, or not", (namespaceSelector, isMeant) => {
    expect(effect(mapCalicoPolicy, { namespaceSelector }, null)).toBe(isMeant ? "-ingress" : "");
  });

  it.each(["team == 'a' || team == 'b'", "(team == 'a')", "team starts with 'pay'", "global()"])(
    "with the selector of namespaces %s, which is not understood, denies nothing and lets in what it lets in",
    (namespaceSelector) => {
      expect(effect(mapCalicoPolicy, { namespaceSelector }, null)).toBe("");
      expect(effect(mapCalicoPolicy, { namespaceSelector, ingress: [allow] }, null)).toBe("+ingress");
    },
  );

  it.each([
    ["projectcalico.org/namespace not in {'kube-system'}", "-ingress"],
    ["projectcalico.org/namespace == 'shop'", ""],
  ])("that selects pods by %s means their namespace, or not", (selector, expected) => {
    expect(effect(mapCalicoPolicy, { selector }, null)).toBe(expected);
  });

  it.each([
    "projectcalico.org/orchestrator == 'k8s'",
    "projectcalico.org/namespace starts with 'w'",
    "projectcalico.org/namespace == 'web' || projectcalico.org/namespace == 'shop'",
    "(projectcalico.org/namespace == 'web')",
    "(all())",
    "all() || has(x)",
    "!has(none)",
    "app != 'x'",
    "app not in {'x'}",
    "projectcalico.org/namespace == 'web' && !has(none)",
    "!(has(a) && has(b) && has(c))",
    "pcns.team == 'payments'",
    "global()",
  ])("that perhaps selects all pods, by %s, denies nothing and lets in what it lets in", (selector) => {
    for (const namespace of [null, "web"]) {
      expect(effect(mapCalicoPolicy, { selector }, namespace)).toBe("");
      expect(effect(mapCalicoPolicy, { selector, ingress: [allow] }, namespace)).toBe("+ingress");
      expect(effect(mapCalicoPolicy, { serviceAccountSelector: selector, ingress: [allow] }, namespace)).toBe(
        "+ingress",
      );
    }
    expect(effect(mapCalicoPolicy, { selector, ingress: [allow] }, "web", "shop")).toBe("");
  });

  it.each(["has(app)", "app in {'a', 'b'}", "app starts with 'w'", "app == 'web' && !has(none)"])(
    "that asks pods for a label by %s means some of them",
    (selector) => {
      expect(effect(mapCalicoPolicy, { selector, ingress: [allow] }, null)).toBe("");
    },
  );

  it("is not mistaken for one of Kubernetes", () => {
    const [rule] = mapCalicoPolicy({
      path: "",
      value: { metadata: { name: "default.p", namespace: "web" }, spec: {} },
    });
    expect(rule?.path).toBe("web/NetworkPolicy.crd.projectcalico.org/default.p");
  });
});
