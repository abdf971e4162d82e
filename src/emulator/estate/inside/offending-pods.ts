import type { ClusterSpec } from "../cluster-spec.ts";
import type { PolicyName as OffendedName } from "../policy-names.ts";
import type { RawObject } from "../world.ts";
import type { NamespaceSpec, WorkloadSpec } from "./inside-spec.ts";
import { imageOf } from "./pod-objects.ts";

/** The pods that offend against policies, so that whoever looks at the pods finds what Azure Policy reports. */
export function offendingNamespaces({ offenders = {} }: ClusterSpec): readonly NamespaceSpec[] {
  const offended = new Map<string, Set<OffendedName>>();
  // Object.keys forgets whose keys they are.
  for (const name of Object.keys(offenders) as readonly OffendedName[]) {
    for (const path of offenders[name] ?? []) {
      if (path.split("/")[1] === "Pod") offended.set(path, (offended.get(path) ?? new Set()).add(name));
    }
  }
  const byNamespace = new Map<string, WorkloadSpec[]>();
  for (const [path, names] of offended) {
    const [namespace = "", , name = ""] = path.split("/");
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), offendingPod(namespace, name, names)]);
  }
  return [...byNamespace].map(([name, workloads]) => ({ name, workloads }));
}

function offendingPod(namespace: string, name: string, names: ReadonlySet<OffendedName>): WorkloadSpec {
  const is = (...wanted: readonly OffendedName[]) => wanted.some((one) => names.has(one));
  const purpose = name.split("-")[0] ?? name;
  const users = { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, supplementalGroups: [10001] };
  return {
    kind: "Pod",
    name,
    image: is("images") ? `registry.agency.example/${purpose}:latest` : imageOf(`${namespace}/${purpose}`),
    pod: {
      ...(is("hostNamespaces") && { hostPID: true, hostIPC: true }),
      ...(is("hostPorts") && { hostNetwork: true }),
      ...(is("tokens") && { automountServiceAccountToken: true }),
      securityContext: {
        ...(is("users") ? {} : { ...users, fsGroup: 10001 }),
        ...(is("seccomp") ? {} : { seccompProfile: { type: "RuntimeDefault" } }),
      },
    },
    container: {
      ...(is("limits") && { resources: { requests: { cpu: "1", memory: "4Gi" } } }),
      securityContext: {
        privileged: is("privileged"),
        // The API server takes no privileged container that says otherwise.
        ...(is("escalation", "privileged") ? {} : { allowPrivilegeEscalation: false }),
        ...(is("rootFilesystem") ? {} : { readOnlyRootFilesystem: true }),
        ...(is("capabilities") ? {} : { capabilities: { drop: ["ALL"] } }),
      },
    },
    volumes: is("hostPaths", "volumeTypes") ? [devices] : [],
  };
}

const devices: RawObject = { name: "devices", hostPath: { path: "/dev", type: "Directory" } };
