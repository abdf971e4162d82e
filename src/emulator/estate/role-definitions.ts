import { emptyColumns } from "./container-rows.ts";
import type { RawObject } from "./world.ts";

/** A role with its permissions, of Azure's own or of the company's. */
interface RoleSpec {
  readonly id: string;
  readonly name: string;
  readonly isCustom?: true;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

const supportActions = [
  "Microsoft.Authorization/*/read",
  "Microsoft.Insights/alertRules/*",
  "Microsoft.Resources/deployments/*",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
  "Microsoft.Support/*",
] as const;

/** Roles that somebody in the tenant holds, with the permissions of https://learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
export const estateRoles = {
  owner: { id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", name: "Owner", actions: ["*"] },
  contributor: {
    id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    name: "Contributor",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
  reader: { id: "acdd72a7-3385-48ef-bd42-f606fba81ae7", name: "Reader", actions: ["*/read"] },
  userAccessAdministrator: {
    id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    name: "User Access Administrator",
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
  },
  networkContributor: {
    id: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    name: "Network Contributor",
    actions: [...supportActions, "Microsoft.Network/*", "Microsoft.ResourceHealth/availabilityStatuses/read"],
  },
  virtualMachineContributor: {
    id: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    name: "Virtual Machine Contributor",
    actions: [
      ...supportActions,
      "Microsoft.Compute/availabilitySets/*",
      "Microsoft.Compute/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/*",
    ],
  },
  acrPull: {
    id: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    name: "AcrPull",
    actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
  },
  acrPush: {
    id: "8311e382-0749-4cb8-b61a-304f252e45ec",
    name: "AcrPush",
    actions: [
      "Microsoft.ContainerRegistry/registries/pull/read",
      "Microsoft.ContainerRegistry/registries/push/write",
    ],
  },
  keyVaultSecretsUser: {
    id: "4633458b-17de-408a-b874-0445c86b69e6",
    name: "Key Vault Secrets User",
    dataActions: [
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ],
  },
  clusterAdmin: {
    id: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    name: "Azure Kubernetes Service RBAC Cluster Admin",
    actions: [
      ...supportActions,
      "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    ],
    dataActions: ["Microsoft.ContainerService/managedClusters/*"],
  },
  fleetClusterAdmin: {
    id: "79a36d98-eb96-4a76-ae1d-481dc98d2c23",
    name: "Azure Kubernetes Fleet Manager RBAC Cluster Admin for Member Clusters",
    dataActions: ["Microsoft.ContainerService/fleets/members/*"],
  },
  shiftOperator: {
    id: "0c000000-0000-4000-8000-000000000001",
    name: "Contoso shift operator",
    isCustom: true,
    actions: [
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    ],
  },
} as const satisfies Readonly<Record<string, RoleSpec>>;

export type EstateRole = keyof typeof estateRoles;

/** The rows of all roles, which lie above subscriptions. */
export function roleDefinitionRows(): readonly RawObject[] {
  return Object.values(estateRoles).map(roleDefinitionRow);
}

/** Shape as Resource Graph's own sample queries read it (https://learn.microsoft.com/azure/governance/resource-graph/samples/samples-by-table). */
function roleDefinitionRow({ id, name, isCustom, ...permissions }: RoleSpec): RawObject {
  return {
    id: `/providers/Microsoft.Authorization/RoleDefinitions/${id}`,
    name: id,
    type: "microsoft.authorization/roledefinitions",
    ...emptyColumns,
    properties: {
      roleName: name,
      type: isCustom === true ? "CustomRole" : "BuiltInRole",
      description: name,
      isServiceRole: "false",
      assignableScopes: ["/"],
      permissions: [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...permissions }],
      createdOn: "2025-01-14T08:00:00.0000000Z",
      updatedOn: "2025-01-14T08:00:00.0000000Z",
    },
  };
}
