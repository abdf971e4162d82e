import type { PolicyParameters } from "../workloads.ts";
import type { Container, Pod } from "./pod.ts";

/** What a pod must not do, in the words of a built-in policy definition of Azure. */
export interface PodRule {
  /** GUID. */
  readonly definition: string;
  /** With which the definition asks the same; names in lower case. */
  readonly parameters: PolicyParameters;
  readonly isBroken: (pod: Pod) => boolean;
}

/** Rules on security contexts, which mean nothing on Windows. */
function onLinux(isBroken: (container: Container) => boolean): PodRule["isBroken"] {
  return ({ isWindows, containers }) => !isWindows && containers.some(isBroken);
}

const runsPrivileged = onLinux(({ privileged }) => privileged === true);

/** Unset means allowed. */
const mayEscalate = onLinux(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false);

/** A user that is not 0, or the kubelet's word that the image names none such. */
const mayRunAsRoot = onLinux(({ runAsUser, runAsNonRoot }) =>
  runAsUser === null ? runAsNonRoot !== true : runAsUser === 0,
);

const keepsCapabilities = onLinux(
  ({ addedCapabilities, droppedCapabilities }) =>
    !droppedCapabilities.some((one) => one.toUpperCase() === "ALL") ||
    addedCapabilities.some((one) => one.toUpperCase() !== "NET_BIND_SERVICE"),
);

const writesRootFilesystem = onLinux(({ readOnlyRootFilesystem }) => readOnlyRootFilesystem !== true);

const lacksSeccomp = onLinux(
  ({ seccompProfile }) => seccompProfile !== "RuntimeDefault" && seccompProfile !== "Localhost",
);

function sharesHostProcesses({ hostPid, hostIpc }: Pod): boolean {
  return hostPid || hostIpc;
}

function sharesHostNetwork({ hostNetwork, containers }: Pod): boolean {
  return hostNetwork || containers.some(({ hostPorts }) => hostPorts.length > 0);
}

function mountsHostPaths({ hostPaths }: Pod): boolean {
  return hostPaths.length > 0;
}

/** Ephemeral containers cannot have any (https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/). */
function lacksLimits({ containers }: Pod): boolean {
  return containers.some(
    ({ kind, hasCpuLimit, hasMemoryLimit }) => kind !== "ephemeral" && !(hasCpuLimit && hasMemoryLimit),
  );
}

/** The control that asks for it leaves pods alone that use workload identity. */
function hasIdleToken({ hasApiToken, usesWorkloadIdentity }: Pod): boolean {
  return hasApiToken && !usesWorkloadIdentity;
}

function isInDefaultNamespace({ namespace }: Pod): boolean {
  return namespace === "default";
}

/** Every rule, as strict as the controls ask: definitions and parameters as in github.com/Azure/azure-policy, built-in-policies/policyDefinitions/Kubernetes. */
export const podRules: readonly PodRule[] = [
  { definition: "95edb821-ddaf-4404-9732-666045e056b4", parameters: {}, isBroken: runsPrivileged },
  {
    definition: "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99",
    parameters: { forceprivilegeescalationtobefalse: true },
    isBroken: mayEscalate,
  },
  {
    definition: "f06ddb64-5fa3-4b77-b166-acb36f7f6042",
    parameters: { runasuserrule: "MustRunAsNonRoot" },
    isBroken: mayRunAsRoot,
  },
  {
    definition: "c26596ff-4d70-4e6a-9a30-c2506bd2f80c",
    parameters: { allowedcapabilities: ["NET_BIND_SERVICE"], requireddropcapabilities: ["ALL"] },
    isBroken: keepsCapabilities,
  },
  { definition: "df49d893-a74c-421d-bc95-c663042e5b80", parameters: {}, isBroken: writesRootFilesystem },
  { definition: "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8", parameters: {}, isBroken: sharesHostProcesses },
  {
    definition: "82985f06-dc18-4a48-bc1c-b9f4f0098cfe",
    parameters: { allowhostnetwork: false, allowedhostports: [] },
    isBroken: sharesHostNetwork,
  },
  {
    definition: "098fc59e-46c7-4d99-9b16-64990e543d75",
    parameters: { allowedhostpaths: { paths: [] } },
    isBroken: mountsHostPaths,
  },
  {
    definition: "975ce327-682c-4f2e-aa46-b9598289b86c",
    parameters: { allowedprofiles: ["RuntimeDefault", "Localhost", "localhost/*"] },
    isBroken: lacksSeccomp,
  },
  {
    definition: "e345eecc-fa47-480f-9e88-67dcc122b164",
    parameters: { cpulimit: "1000", memorylimit: "100Ti" },
    isBroken: lacksLimits,
  },
  {
    definition: "423dd1ba-798e-40e4-9c4d-b6902674b423",
    parameters: {
      labelselector: {
        matchExpressions: [{ key: "azure.workload.identity/use", operator: "NotIn", values: ["true"] }],
      },
    },
    isBroken: hasIdleToken,
  },
  { definition: "9f061a12-e40d-4183-a00e-171812443373", parameters: {}, isBroken: isInDefaultNamespace },
];
