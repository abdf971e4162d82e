import type {
  AssignedPolicies,
  AssignedPolicy,
  PolicyParameters,
  WorkloadAnswer,
  WorkloadScan,
} from "../../src/domain/workloads.ts";

const scope = "/providers/Microsoft.Management/managementGroups/contoso";

/** The definitions that controls judge by, each with what the hardened cluster's assignment asks of it. */
export const askedPolicies = {
  privileged: policy("95edb821-ddaf-4404-9732-666045e056b4"),
  escalation: policy("1c6e92c9-99f0-4e55-9cf2-0c234dc48f99", { forceprivilegeescalationtobefalse: true }),
  users: policy("f06ddb64-5fa3-4b77-b166-acb36f7f6042", {
    runasuserrule: "MustRunAsNonRoot",
    runasgrouprule: "RunAsAny",
    supplementalgroupsrule: "RunAsAny",
    fsgrouprule: "RunAsAny",
  }),
  capabilities: policy("c26596ff-4d70-4e6a-9a30-c2506bd2f80c", {
    allowedcapabilities: ["NET_BIND_SERVICE"],
    requireddropcapabilities: ["ALL"],
  }),
  rootFilesystem: policy("df49d893-a74c-421d-bc95-c663042e5b80"),
  hostNamespaces: policy("47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8"),
  hostPorts: policy("82985f06-dc18-4a48-bc1c-b9f4f0098cfe", {
    allowhostnetwork: false,
    allowedhostports: [],
  }),
  hostPaths: policy("098fc59e-46c7-4d99-9b16-64990e543d75", { allowedhostpaths: { paths: [] } }),
  volumes: policy("16697877-1118-4fb1-9b65-9898ec2509ec", {
    allowedvolumetypes: [
      "configMap",
      "csi",
      "downwardAPI",
      "emptyDir",
      "ephemeral",
      "persistentVolumeClaim",
      "projected",
      "secret",
    ],
  }),
  seccomp: policy("975ce327-682c-4f2e-aa46-b9598289b86c", {
    allowedprofiles: ["RuntimeDefault", "Localhost"],
  }),
  limits: policy("e345eecc-fa47-480f-9e88-67dcc122b164", { cpulimit: "1000", memorylimit: "100Ti" }),
  tokens: policy("423dd1ba-798e-40e4-9c4d-b6902674b423", {
    labelselector: { matchExpressions: [{ key: "azure.workload.identity/use", operator: "DoesNotExist" }] },
  }),
  defaultNamespace: policy("9f061a12-e40d-4183-a00e-171812443373", { namespaces: ["default"] }),
  images: policy("febd0533-8e55-448f-b837-bd0e06f16469", {
    allowedcontainerimagesregex: "^contoso\\.azurecr\\.io/.+$",
  }),
} as const;

/** The members of Azure's restricted initiative. */
export const restrictedPolicies: readonly AssignedPolicy[] = [
  askedPolicies.privileged,
  askedPolicies.hostPorts,
  askedPolicies.hostNamespaces,
  askedPolicies.escalation,
  askedPolicies.capabilities,
  askedPolicies.volumes,
  askedPolicies.users,
  askedPolicies.seccomp,
].map((one) => ({ ...one, initiative: "42b8ef37-b724-4e24-bbc8-7a7708edfe00" }));

/** Changes to this list are laid over it place by place, parameters too: nothing that narrows stands in it. */
export const hardenedPolicies: AssignedPolicies = {
  policies: [...restrictedPolicies, askedPolicies.images],
  unseen: [],
};

export const hardenedScan: WorkloadScan = {
  answers: Object.values(askedPolicies).map((one) => answerTo(one)),
};

/** What came of one of the policies above: these workloads offend, or nobody looked. */
export function answerTo(
  asked: AssignedPolicy,
  changes: Partial<Pick<WorkloadAnswer, "parameters" | "version" | "unreadable" | "path" | "result">> = {},
): WorkloadAnswer {
  const { definition, version, parameters, unreadable, assignmentId: path } = asked;
  return {
    definition,
    version,
    unreadable,
    path,
    result: { state: "seen", offenders: [], isCutOff: false },
    ...changes,
    parameters: { ...parameters, ...changes.parameters },
  };
}

/** Workloads that were seen to offend. */
export function offending(...offenders: readonly string[]): WorkloadAnswer["result"] {
  return { state: "seen", offenders, isCutOff: false };
}

function policy(definition: string, parameters: PolicyParameters = {}): AssignedPolicy {
  return {
    assignmentId: `${scope}/providers/Microsoft.Authorization/policyAssignments/${definition.slice(0, 8)}`,
    definition,
    version: null,
    initiative: null,
    reference: null,
    effect: "deny",
    isEnforced: true,
    parameters,
    unreadable: [],
    exemptions: [],
  };
}
