import type { RawObject } from "../world.ts";
import type { ClusterPolicyName, PolicyName } from "./inside-spec.ts";
import { kubernetesObject } from "./kubernetes-object.ts";

const everyPod = {} as const;
const dns = {
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
} as const;

const specs: Readonly<Record<PolicyName, RawObject>> = {
  "default-deny": { podSelector: everyPod, policyTypes: ["Ingress", "Egress"] },
  "deny-ingress": { podSelector: everyPod, policyTypes: ["Ingress"] },
  "allow-all": { podSelector: everyPod, ingress: [{}], egress: [{}], policyTypes: ["Ingress", "Egress"] },
  "allow-dns": {
    podSelector: everyPod,
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        ...dns,
      },
    ],
    policyTypes: ["Egress"],
  },
  "allow-web": {
    podSelector: { matchLabels: { app: "web" } },
    ingress: [
      {
        from: [
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "app-routing-system" } } },
        ],
        ports: [{ port: 8080, protocol: "TCP" }],
      },
    ],
    policyTypes: ["Ingress"],
  },
};

/** A network policy of Kubernetes, in a namespace. */
export function networkPolicy(namespace: string, name: PolicyName): RawObject {
  return kubernetesObject(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    { name, namespace },
    { spec: specs[name] },
  );
}

/** Namespaces of Azure's own, which a policy of the whole cluster has to leave alone. */
const spared = ["kube-system", "gatekeeper-system", "calico-system", "tigera-operator"] as const;

/**
 * A policy of the whole cluster that denies what nothing else lets through: of Cilium, where an empty rule does that
 * (https://docs.cilium.io/en/stable/security/policy/language/#ingress-default-deny), or of Calico
 * (https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny).
 */
export function clusterPolicy(name: ClusterPolicyName): RawObject {
  return name === "cilium-default-deny"
    ? kubernetesObject(
        "cilium.io/v2",
        "CiliumClusterwideNetworkPolicy",
        { name: "default-deny" },
        {
          spec: {
            endpointSelector: {
              matchExpressions: [
                { key: "io.kubernetes.pod.namespace", operator: "NotIn", values: [...spared] },
              ],
            },
            ingress: [{}],
            egress: [{}],
          },
        },
      )
    : kubernetesObject(
        "crd.projectcalico.org/v1",
        "GlobalNetworkPolicy",
        { name: "default-deny" },
        {
          spec: {
            namespaceSelector: `kubernetes.io/metadata.name not in {${spared.map((one) => `"${one}"`).join(", ")}}`,
            types: ["Ingress", "Egress"],
          },
        },
      );
}
