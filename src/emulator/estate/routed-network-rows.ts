import { emptyColumns } from "./container-rows.ts";
import { guidOf, resourceIdOf } from "./ids.ts";
import type { NodeGroup } from "./node-group.ts";
import type { RawObject } from "./world.ts";

/** What the route table of the nodes' subnet does with 0.0.0.0/0. */
export interface RouteSpec {
  readonly nextHopType: "VirtualAppliance" | "VirtualNetworkGateway" | "Internet" | "None";
  readonly nextHopIpAddress?: string;
}

/**
 * The virtual network of a cluster's nodes and the route table of their subnet, as Resource Graph has them: a subnet is
 * a piece of its network's row, a route of its table's (https://learn.microsoft.com/rest/api/virtualnetwork/route-tables/get).
 */
export function routedNetworkRows(group: NodeGroup, route: RouteSpec): readonly RawObject[] {
  const { subscriptionId } = group.subscription;
  const networkId = group.subnetId.replace(/\/subnets\/.*$/, "");
  const tableName = `rt-${group.clusterName}`;
  const tableId = resourceIdOf(subscriptionId, "rg-network", "Microsoft.Network/routeTables", tableName);
  const columns = {
    ...emptyColumns,
    location: group.location,
    resourceGroup: "rg-network",
    subscriptionId,
  };
  return [
    {
      ...columns,
      id: networkId,
      name: networkId.split("/").at(-1),
      type: "microsoft.network/virtualnetworks",
      properties: {
        provisioningState: "Succeeded",
        resourceGuid: guidOf(networkId),
        addressSpace: { addressPrefixes: ["10.224.0.0/12"] },
        subnets: [
          {
            id: group.subnetId,
            name: group.subnetId.split("/").at(-1),
            type: "Microsoft.Network/virtualNetworks/subnets",
            properties: {
              provisioningState: "Succeeded",
              addressPrefix: "10.224.0.0/16",
              routeTable: { id: tableId },
              delegations: [],
              privateEndpointNetworkPolicies: "Disabled",
              privateLinkServiceNetworkPolicies: "Enabled",
            },
          },
        ],
        virtualNetworkPeerings: [],
        enableDdosProtection: false,
      },
    },
    {
      ...columns,
      id: tableId,
      name: tableName,
      type: "microsoft.network/routetables",
      properties: {
        provisioningState: "Succeeded",
        resourceGuid: guidOf(tableId),
        disableBgpRoutePropagation: true,
        routes: [
          {
            id: `${tableId}/routes/all`,
            name: "all",
            type: "Microsoft.Network/routeTables/routes",
            properties: {
              provisioningState: "Succeeded",
              addressPrefix: "0.0.0.0/0",
              hasBgpOverride: false,
              ...route,
            },
          },
        ],
        subnets: [{ id: group.subnetId }],
      },
    },
  ];
}
