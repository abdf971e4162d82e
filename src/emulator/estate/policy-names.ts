/** Built-in policy definitions for workloads that the made-up company assigns, by what they look for. */
export const policyDefinitions = {
  privileged: "95edb821-ddaf-4404-9732-666045e056b4",
  escalation: "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99",
  hostPorts: "82985f06-dc18-4a48-bc1c-b9f4f0098cfe",
  hostNamespaces: "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8",
  capabilities: "c26596ff-4d70-4e6a-9a30-c2506bd2f80c",
  volumeTypes: "16697877-1118-4fb1-9b65-9898ec2509ec",
  users: "f06ddb64-5fa3-4b77-b166-acb36f7f6042",
  seccomp: "975ce327-682c-4f2e-aa46-b9598289b86c",
  rootFilesystem: "df49d893-a74c-421d-bc95-c663042e5b80",
  hostPaths: "098fc59e-46c7-4d99-9b16-64990e543d75",
  limits: "e345eecc-fa47-480f-9e88-67dcc122b164",
  tokens: "423dd1ba-798e-40e4-9c4d-b6902674b423",
  defaultNamespace: "9f061a12-e40d-4183-a00e-171812443373",
  images: "febd0533-8e55-448f-b837-bd0e06f16469",
} as const satisfies Readonly<Record<string, string>>;

export type PolicyName = keyof typeof policyDefinitions;

/** The pod security initiatives, and what they call their members. */
export const podSecurity = {
  restricted: {
    id: "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
    members: {
      privileged: "NoPrivilegedContainers",
      escalation: "NoPrivilegeEscalation",
      hostPorts: "BlockUsingHostNetwork",
      hostNamespaces: "BlockUsingHostProcessIDAndIPC",
      capabilities: "ContainerCapabilities",
      volumeTypes: "AllowedVolumeTypes",
      users: "AllowedUsersGroups",
      seccomp: "AllowedSeccompProfiles",
    },
  },
  baseline: {
    id: "a8640138-9b0a-4a28-b8cb-1666c838647d",
    members: {
      privileged: "NoPrivilegedContainers",
      hostPorts: "BlockUsingHostNetwork",
      hostNamespaces: "BlockUsingHostProcessIDAndIPC",
      capabilities: "ContainerCapabilities",
      hostPaths: "NoHostPathVolume",
    },
  },
} as const satisfies Readonly<
  Record<string, { readonly id: string; readonly members: Readonly<Partial<Record<PolicyName, string>>> }>
>;

export function definitionIdOf(name: PolicyName): string {
  return `/providers/Microsoft.Authorization/policyDefinitions/${policyDefinitions[name]}`;
}

export function initiativeIdOf({ id }: { readonly id: string }): string {
  return `/providers/Microsoft.Authorization/policySetDefinitions/${id}`;
}
