import { clusterIdOf } from "./cluster-rows.ts";
import { platformHub } from "./clusters/platform.ts";
import { emptyColumns } from "./container-rows.ts";
import { resourceIdOf } from "./ids.ts";
import { fleetAssignmentRow } from "./role-assignment-rows.ts";
import { subscriptions } from "./tenant.ts";
import type { RawObject } from "./world.ts";

const { subscriptionId } = subscriptions.platform;
const resourceGroup = "rg-platform-fleet";
const fleetName = "fleet-platform";
const fleetId = resourceIdOf(subscriptionId, resourceGroup, "Microsoft.ContainerService/fleets", fleetName);

/** A Fleet with one member, and one person who administers whatever is a member of it. */
export function fleetRows(): readonly RawObject[] {
  return [
    row(fleetId, fleetName, "microsoft.containerservice/fleets", { provisioningState: "Succeeded" }),
    // Rows of members lie in a table of their own (https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources).
    row(`${fleetId}/members/hub`, "hub", "microsoft.containerservice/fleets/members", {
      clusterResourceId: clusterIdOf(platformHub),
      group: "hub",
      provisioningState: "Succeeded",
    }),
    fleetAssignmentRow("fleet-engineer", fleetId),
  ];
}

function row(id: string, name: string, type: string, properties: RawObject): RawObject {
  return {
    id,
    name,
    type,
    ...emptyColumns,
    location: "westeurope",
    resourceGroup,
    subscriptionId,
    properties,
  };
}
