import type { PolicyParameters } from "../../../domain/workloads.ts";

/** An initiative: a set of definitions with parameters of its own. */
export interface PolicySet {
  /** Defaults of its parameters, by lower-case name. */
  readonly defaults: PolicyParameters;
  readonly members: readonly PolicySetMember[];
}

export interface PolicySetMember {
  /** GUID of a built-in definition, else the whole id; lower case. */
  readonly definition: string;
  readonly reference: string;
  readonly version: string | null;
  /** By lower-case name; a value may be an expression such as `[parameters('effect')]`. */
  readonly parameters: PolicyParameters;
}

/**
 * The built-in definitions that controls judge by, and the defaults of their parameters. Left out are defaults that
 * narrow nothing: namespaces of the system alone, no labels, no images, no containers.
 * Source: github.com/Azure/azure-policy, built-in-policies/policyDefinitions/Kubernetes, as of 2026-04-29.
 */
export const definitionDefaults: ReadonlyMap<string, PolicyParameters> = new Map<string, PolicyParameters>([
  ["95edb821-ddaf-4404-9732-666045e056b4", { effect: "Deny" }],
  ["1c6e92c9-99f0-4e55-9cf2-0c234dc48f99", { effect: "Audit", forceprivilegeescalationtobefalse: false }],
  [
    "f06ddb64-5fa3-4b77-b166-acb36f7f6042",
    {
      effect: "Audit",
      runasuserrule: "MustRunAsNonRoot",
      runasgrouprule: "RunAsAny",
      supplementalgroupsrule: "RunAsAny",
      fsgrouprule: "RunAsAny",
    },
  ],
  [
    "c26596ff-4d70-4e6a-9a30-c2506bd2f80c",
    { effect: "Audit", allowedcapabilities: [], requireddropcapabilities: [] },
  ],
  ["df49d893-a74c-421d-bc95-c663042e5b80", { effect: "Audit" }],
  ["47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8", { effect: "Audit" }],
  [
    "82985f06-dc18-4a48-bc1c-b9f4f0098cfe",
    { effect: "Audit", allowhostnetwork: false, allowedhostports: [] },
  ],
  ["098fc59e-46c7-4d99-9b16-64990e543d75", { effect: "Audit", allowedhostpaths: { paths: [] } }],
  ["16697877-1118-4fb1-9b65-9898ec2509ec", { effect: "Audit", allowedvolumetypes: [] }],
  ["975ce327-682c-4f2e-aa46-b9598289b86c", { effect: "Audit", allowedprofiles: [] }],
  ["e345eecc-fa47-480f-9e88-67dcc122b164", { effect: "Deny" }],
  ["423dd1ba-798e-40e4-9c4d-b6902674b423", { effect: "Audit" }],
  ["9f061a12-e40d-4183-a00e-171812443373", { effect: "Audit", namespaces: ["default"] }],
  ["febd0533-8e55-448f-b837-bd0e06f16469", { effect: "Deny" }],
  ["cf426bb8-b320-4321-8545-1b784a5df3a4", { effect: "Audit" }],
  ["a3dc4946-dba6-43e6-950d-f96532848c9f", { effect: "Audit" }],
  ["021f8078-41a0-40e6-81b6-c6597da9f3ee", { effect: "Audit" }],
]);

const everyMember = {
  effect: "[parameters('effect')]",
  excludednamespaces: "[parameters('excludedNamespaces')]",
  namespaces: "[parameters('namespaces')]",
} as const;

const noHostPorts = { allowhostnetwork: false, minport: 0, maxport: 0 } as const;

/** Those that the two initiatives let containers add by default. */
const usualCapabilities = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FSETID",
  "FOWNER",
  "MKNOD",
  "NET_RAW",
  "SETGID",
  "SETUID",
  "SETFCAP",
  "SETPCAP",
  "NET_BIND_SERVICE",
  "SYS_CHROOT",
  "KILL",
  "AUDIT_WRITE",
] as const;

const groupIds = { ranges: [{ min: 1, max: 65535 }] } as const;

/** The pod security initiatives of version 2.5.0 (restricted) and 1.4.0 (baseline), by GUID. Source: the same, built-in-policies/policySetDefinitions/Kubernetes. */
export const builtInSets: ReadonlyMap<string, PolicySet> = new Map<string, PolicySet>([
  [
    "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
    {
      defaults: { effect: "Audit", allowedcapabilities: usualCapabilities, requireddropcapabilities: [] },
      members: [
        member("95edb821-ddaf-4404-9732-666045e056b4", "NoPrivilegedContainers", "9.*.*"),
        member("1c6e92c9-99f0-4e55-9cf2-0c234dc48f99", "NoPrivilegeEscalation", "7.*.*"),
        member("82985f06-dc18-4a48-bc1c-b9f4f0098cfe", "BlockUsingHostNetwork", "6.*.*", noHostPorts),
        member("47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8", "BlockUsingHostProcessIDAndIPC", "5.*.*"),
        member("c26596ff-4d70-4e6a-9a30-c2506bd2f80c", "ContainerCapabilities", "6.*.*", {
          allowedcapabilities: "[parameters('allowedCapabilities')]",
          requireddropcapabilities: "[parameters('requiredDropCapabilities')]",
        }),
        member("16697877-1118-4fb1-9b65-9898ec2509ec", "AllowedVolumeTypes", "5.*.*", {
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
        member("f06ddb64-5fa3-4b77-b166-acb36f7f6042", "AllowedUsersGroups", "6.*.*", {
          runasuserrule: "MustRunAsNonRoot",
          runasuserranges: { ranges: [] },
          runasgrouprule: "MustRunAs",
          runasgroupranges: groupIds,
          supplementalgroupsrule: "MustRunAs",
          supplementalgroupsranges: groupIds,
          fsgrouprule: "MustRunAs",
          fsgroupranges: groupIds,
        }),
        member("975ce327-682c-4f2e-aa46-b9598289b86c", "AllowedSeccompProfiles", "7.*.*", {
          allowedprofiles: ["runtime/default", "docker/default"],
        }),
      ],
    },
  ],
  [
    "a8640138-9b0a-4a28-b8cb-1666c838647d",
    {
      defaults: { effect: "Audit", allowedhostpaths: { paths: [] } },
      members: [
        member("95edb821-ddaf-4404-9732-666045e056b4", "NoPrivilegedContainers", "9.*.*"),
        member("82985f06-dc18-4a48-bc1c-b9f4f0098cfe", "BlockUsingHostNetwork", "6.*.*", noHostPorts),
        member("47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8", "BlockUsingHostProcessIDAndIPC", "5.*.*"),
        member("c26596ff-4d70-4e6a-9a30-c2506bd2f80c", "ContainerCapabilities", "6.*.*", {
          allowedcapabilities: usualCapabilities,
          requireddropcapabilities: [],
        }),
        member("098fc59e-46c7-4d99-9b16-64990e543d75", "NoHostPathVolume", "6.*.*", {
          allowedhostpaths: "[parameters('allowedHostPaths')]",
        }),
      ],
    },
  ],
]);

function member(
  definition: string,
  reference: string,
  version: string,
  parameters: PolicyParameters = {},
): PolicySetMember {
  return { definition, reference, version, parameters: { ...everyMember, ...parameters } };
}
