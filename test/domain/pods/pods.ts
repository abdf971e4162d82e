import type { Container, Pod } from "../../../src/domain/pods/pod.ts";

/** A hardened container, changed as a test asks. */
export function container(changes: Partial<Container> = {}): Container {
  return {
    name: "api",
    kind: "container",
    image: "contoso.azurecr.io/api:1",
    privileged: null,
    allowPrivilegeEscalation: false,
    runAsUser: 10001,
    runAsNonRoot: null,
    readOnlyRootFilesystem: true,
    addedCapabilities: [],
    droppedCapabilities: ["ALL"],
    seccompProfile: "RuntimeDefault",
    hostPorts: [],
    hasCpuLimit: true,
    hasMemoryLimit: true,
    variables: [],
    secretEnvironments: [],
    ...changes,
  };
}

/** A hardened pod, changed as a test asks. */
export function pod(changes: Partial<Pod> = {}): Pod {
  return {
    namespace: "web",
    workload: "web/Deployment/api",
    isWindows: false,
    usesWorkloadIdentity: false,
    hasApiToken: false,
    hasEnded: false,
    hostPid: false,
    hostIpc: false,
    hostNetwork: false,
    hostPaths: [],
    mountedSecrets: [],
    containers: [container()],
    ...changes,
  };
}
