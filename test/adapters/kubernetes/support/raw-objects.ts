import type { RawObject } from "../../../../src/emulator/estate/world.ts";

/** A pod as the Kubernetes API lists it, hardened but for what a test changes. */
export function rawPod({
  namespace = "web",
  name = "api-1",
  metadata = {},
  spec = {},
  container = {},
  status = { phase: "Running" },
}: {
  readonly namespace?: string;
  readonly name?: string;
  readonly metadata?: RawObject;
  readonly spec?: RawObject;
  readonly container?: RawObject;
  readonly status?: RawObject;
} = {}): RawObject {
  return {
    metadata: { namespace, name, ...metadata },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
      containers: [rawContainer(container)],
      ...spec,
    },
    status,
  };
}

export function rawContainer(changes: RawObject = {}): RawObject {
  return {
    name: "api",
    image: "contoso.azurecr.io/api:1",
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: { limits: { cpu: "1", memory: "1Gi" } },
    ...changes,
  };
}

export function rawNamespace(name: string, labels: RawObject = {}): RawObject {
  return { metadata: { name, labels: { "kubernetes.io/metadata.name": name, ...labels } } };
}

export function rawPolicy(namespace: string, name: string, spec: RawObject): RawObject {
  return { metadata: { namespace, name }, spec };
}

/** Denies everything in both directions. */
export const denyAll: RawObject = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

export function rawBinding(
  name: string,
  role: string,
  subjects: readonly RawObject[],
  namespace?: string,
): RawObject {
  const [kind, roleName] = role.split("/");
  return {
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: roleName },
    subjects,
  };
}

export function rawRole(name: string, rules: readonly RawObject[], namespace?: string): RawObject {
  return { metadata: { name, ...(namespace !== undefined && { namespace }) }, rules };
}
