import type { ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";
import { clusterRow, payments, search, smallWorld } from "./world-small.ts";

export const roles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  clusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  fleetAdmin: "79a36d98-eb96-4a76-ae1d-481dc98d2c23",
  acrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  operator: "0c000000-0000-4000-8000-00000000000a",
  nobodyShows: "0c000000-0000-4000-8000-00000000000b",
} as const;

export const kubelet = "aaaa0000-0000-4000-8000-00000000000a";
export const control = "bbbb0000-0000-4000-8000-00000000000b";
export const person = "dddd0000-0000-4000-8000-00000000000d";
export const workload = "ffff0000-0000-4000-8000-00000000000f";

export const cluster = String(clusterRow(payments, "aks-pay-1").id);
export const place = {
  root: "/providers/Microsoft.Management/managementGroups/mg-root",
  shop: "/providers/Microsoft.Management/managementGroups/mg-shop",
  subscription: `/subscriptions/${payments}`,
  group: `/subscriptions/${payments}/resourceGroups/rg-aks-pay-1`,
  nodeGroup: `/subscriptions/${payments}/resourceGroups/MC_pay-1`,
  cluster,
  namespace: `${cluster.toUpperCase()}/namespaces/web`,
  sibling: `${cluster}1/namespaces/web`,
  fleet: `/subscriptions/${search}/resourceGroups/rg-fleet/providers/Microsoft.ContainerService/fleets/fleet-one`,
  identity: `/subscriptions/${search}/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-web`,
} as const;

export const issuer = "https://westeurope.oic.prod-aks.azure.com/tenant/one/";

/** A role assignment's row; its id is told by its holder, role and scope. */
export function assignment(
  principalId: string,
  role: string,
  scope: string,
  principalType: string | null = "ServicePrincipal",
): RawObject {
  const [, , subscriptionId = ""] = /^\/subscriptions\//i.test(scope) ? scope.split("/") : [];
  return {
    id: `${scope}/providers/Microsoft.Authorization/RoleAssignments/${principalId}-${role}`,
    name: `${principalId}-${role}`,
    type: "microsoft.authorization/roleassignments",
    subscriptionId,
    properties: {
      principalId,
      principalType,
      scope,
      roleDefinitionId: `/subscriptions/${payments}/providers/Microsoft.Authorization/RoleDefinitions/${role.toUpperCase()}`,
    },
  };
}

const operatorRole = {
  id: `/providers/Microsoft.Authorization/RoleDefinitions/${roles.operator}`,
  name: roles.operator,
  type: "microsoft.authorization/roledefinitions",
  subscriptionId: "",
  properties: {
    roleName: "Operator of the shop",
    type: "CustomRole",
    permissions: [
      {
        Actions: ["Microsoft.ContainerService/managedClusters/*"],
        notActions: ["Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"],
        DataActions: [],
        notDataActions: [],
      },
    ],
  },
};

/** Where nothing is hidden: containers with their management groups, a role of the shop's own, and an owner of each subscription. */
export function worldWith(
  rows: readonly RawObject[],
  changes: Partial<ListedWorld> = {},
  properties: RawObject = {},
): ListedWorld {
  const clusters = [
    {
      ...clusterRow(payments, "aks-pay-1", {
        nodeResourceGroup: "MC_pay-1",
        identityProfile: { kubeletidentity: { objectId: kubelet } },
        oidcIssuerProfile: { enabled: true, issuerURL: issuer },
        agentPoolProfiles: [{ name: "sys", mode: "System", count: 1, type: "VirtualMachineScaleSets" }],
        ...properties,
      }),
      identity: { type: "SystemAssigned", principalId: control },
    },
    clusterRow(search, "aks-search-1", { nodeResourceGroup: "MC_search-1" }),
  ];
  const chains = { [payments]: ["mg-shop", "mg-root"], [search]: ["mg-root"] };
  return smallWorld({
    rows: [
      ...clusters,
      operatorRole,
      ...["mg-shop", "mg-root"].map((name) => ({
        id: `/providers/Microsoft.Management/managementGroups/${name}`,
        name,
        type: "microsoft.management/managementgroups",
        subscriptionId: "",
        properties: {},
      })),
      ...Object.entries(chains).map(([subscriptionId, names]) => ({
        id: `/subscriptions/${subscriptionId}`,
        name: subscriptionId,
        type: "microsoft.resources/subscriptions",
        subscriptionId,
        properties: { managementGroupAncestorsChain: names.map((name) => ({ name, displayName: name })) },
      })),
      ...[payments, search].map((id) =>
        assignment("eeee0000-0000-4000-8000-00000000000e", roles.owner, `/subscriptions/${id}`, "Group"),
      ),
      ...rows,
    ],
    ...changes,
  });
}
