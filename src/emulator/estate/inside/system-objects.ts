import type { RawObject } from "../world.ts";
import type { WorkloadSpec } from "./inside-spec.ts";
import { keptByAks, kubernetesObject } from "./kubernetes-object.ts";
import { podsOf } from "./pod-objects.ts";

/** What AKS runs for its own ends, with the rights of the node that it needs: nobody holds it to a company's rules. */
const systemWorkloads: Readonly<Record<string, readonly WorkloadSpec[]>> = {
  "kube-system": [
    {
      kind: "Deployment",
      name: "coredns",
      replicas: 2,
      image: "mcr.microsoft.com/oss/v2/kubernetes/coredns:v1.12.1-6",
      pod: { automountServiceAccountToken: true },
    },
    {
      kind: "DaemonSet",
      name: "csi-azuredisk-node",
      image: "mcr.microsoft.com/oss/v2/kubernetes-csi/azuredisk-csi:v1.33.5",
      pod: { hostNetwork: true, securityContext: {} },
      container: { securityContext: { privileged: true } },
      volumes: [{ name: "device-dir", hostPath: { path: "/dev", type: "Directory" } }],
    },
  ],
  "gatekeeper-system": [
    {
      kind: "Deployment",
      name: "gatekeeper-controller",
      replicas: 2,
      image: "mcr.microsoft.com/oss/v2/open-policy-agent/gatekeeper:v3.20.1-1",
      pod: { automountServiceAccountToken: true },
      volumes: [{ name: "cert", secret: { secretName: "gatekeeper-webhook-server-cert" } }],
    },
  ],
};

const systemNamespaces = ["kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"] as const;

export function systemNamespaceObjects(): readonly RawObject[] {
  return systemNamespaces.map((name) => namespaceObject(name, keptByAks));
}

export function systemPods(): readonly RawObject[] {
  return Object.entries(systemWorkloads).flatMap(([namespace, workloads]) =>
    workloads.flatMap((workload) => podsOf(namespace, workload)),
  );
}

export function namespaceObject(name: string, labels: Readonly<Record<string, string>> = {}): RawObject {
  return kubernetesObject(
    "v1",
    "Namespace",
    { name, labels: { "kubernetes.io/metadata.name": name, ...labels } },
    { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
  );
}
