import type { Role, RolePower } from "../../../domain/access.ts";

/**
 * Azure's own roles that controls ask about, by GUID, so that they are known where Resource Graph does not show their
 * definitions (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).
 */
export const builtInRoles: ReadonlyMap<string, Role> = new Map(
  [
    role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", [
      "everything",
      "roleAssignments",
      "clusterAdmin",
      "clusterWrite",
      "machines",
      "registryPush",
    ]),
    role("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", [
      "everything",
      "clusterAdmin",
      "clusterWrite",
      "machines",
      "registryPush",
    ]),
    role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", ["roleAssignments"]),
    role("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator", [
      "roleAssignments",
    ]),
    role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", []),
    role("39bc4728-0917-49c7-9d2c-d95423bc2eb4", "Security Reader", []),
    role("4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "Azure Kubernetes Service Cluster User Role", []),
    role("0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "Azure Kubernetes Service Cluster Admin Role", [
      "clusterAdmin",
    ]),
    role("ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8", "Azure Kubernetes Service Contributor Role", [
      "clusterAdmin",
      "clusterWrite",
    ]),
    role("7f6c6a51-bcf8-42ba-9220-52d62157d7db", "Azure Kubernetes Service RBAC Reader", []),
    role("a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", "Azure Kubernetes Service RBAC Writer", ["clusterData"]),
    role("3498e952-d568-435e-9b2c-8d77e338d7f7", "Azure Kubernetes Service RBAC Admin", ["clusterData"]),
    role("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", "Azure Kubernetes Service RBAC Cluster Admin", [
      "clusterData",
    ]),
    role(
      "79a36d98-eb96-4a76-ae1d-481dc98d2c23",
      "Azure Kubernetes Fleet Manager RBAC Cluster Admin for Member Clusters",
      ["clusterData"],
    ),
    role(
      "d1f699ed-700a-4c77-a22f-29890ac7b115",
      "Azure Kubernetes Fleet Manager RBAC Admin for Member Clusters",
      ["clusterData"],
    ),
    role(
      "50346970-0998-40f2-b47d-f3b8809840f8",
      "Azure Kubernetes Fleet Manager RBAC Writer for Member Clusters",
      ["clusterData"],
    ),
    role("9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor", ["machines"]),
    role("1c0163c0-47e6-4577-8991-ea5c82e286e4", "Virtual Machine Administrator Login", ["machines"]),
    role("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator", []),
    role("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull", []),
    role("8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush", ["registryPush"]),
    role("4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor", []),
    role("00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator", ["keyVaultData"]),
    role("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer", ["keyVaultData"]),
    role("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User", ["keyVaultData"]),
    role("14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "Key Vault Crypto Officer", ["keyVaultData"]),
  ].map((one) => [one.id, one]),
);

function role(id: string, name: string, powers: readonly RolePower[]): Role {
  return { id, name, powers };
}
