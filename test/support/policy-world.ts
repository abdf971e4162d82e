import type { ListedWorld, RawObject } from "../../src/emulator/estate/world.ts";
import { clusterRow, payments, search, smallWorld } from "./world-small.ts";

export const restricted =
  "/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00";
export const shop = "/providers/Microsoft.Management/managementGroups/mg-shop";
export const root = "/providers/Microsoft.Management/managementGroups/mg-root";

/** The id of a built-in definition. */
export function definitionId(guid: string): string {
  return `/providers/Microsoft.Authorization/policyDefinitions/${guid}`;
}

export function clusterId(subscriptionId: string, name: string): string {
  return String(clusterRow(subscriptionId, name).id);
}

export function assignmentId(scope: string, name: string): string {
  return `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;
}

/** An assignment of a definition or initiative; parameters are given as plain values. */
export function assignment(
  scope: string,
  name: string,
  policyDefinitionId: string,
  parameters: RawObject = {},
  properties: RawObject = {},
): RawObject {
  return row(assignmentId(scope, name), "policyassignments", {
    displayName: name,
    policyDefinitionId,
    scope,
    notScopes: [],
    enforcementMode: "Default",
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
    ...properties,
  });
}

export function exemption(scope: string, name: string, properties: RawObject): RawObject {
  return row(`${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`, "policyexemptions", {
    exemptionCategory: "Waiver",
    ...properties,
  });
}

/** An initiative of somebody's own. */
export function initiative(scope: string, name: string, properties: RawObject): RawObject {
  return row(
    `${scope}/providers/Microsoft.Authorization/policySetDefinitions/${name}`,
    "policysetdefinitions",
    {
      policyType: "Custom",
      ...properties,
    },
  );
}

/** What a policy came to on a cluster, as Azure writes it: most ids in lower case. */
export function policyState(cluster: string, properties: RawObject): RawObject {
  return stateRow(cluster, "policystates", { complianceState: "Compliant", ...properties });
}

/** An object in a cluster that offends. */
export function componentState(cluster: string, properties: RawObject): RawObject {
  return stateRow(cluster, "componentpolicystates", { complianceState: "NonCompliant", ...properties });
}

/** The small world with the management groups above its subscriptions, and these rows of policies. */
export function policyWorld(rows: readonly RawObject[], changes: Partial<ListedWorld> = {}): ListedWorld {
  const world = smallWorld();
  return {
    ...world,
    rows: [
      ...world.rows,
      { id: shop, name: "mg-shop", type: "microsoft.management/managementgroups", properties: {} },
      subscription(payments, ["mg-shop", "mg-root"]),
      subscription(search, ["mg-root"]),
      ...rows,
    ],
    ...changes,
  };
}

function subscription(subscriptionId: string, groups: readonly string[]): RawObject {
  return {
    id: `/subscriptions/${subscriptionId}`,
    name: subscriptionId,
    type: "microsoft.resources/subscriptions",
    subscriptionId,
    properties: { managementGroupAncestorsChain: groups.map((name) => ({ name, displayName: name })) },
  };
}

function row(id: string, kind: string, properties: RawObject): RawObject {
  return {
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type: `microsoft.authorization/${kind}`,
    subscriptionId: /^\/subscriptions\/([^/]+)/.exec(id)?.[1] ?? "",
    properties,
  };
}

let made = 0;

function stateRow(cluster: string, kind: string, properties: RawObject): RawObject {
  made += 1;
  const lowerCase = Object.entries(properties).map(([key, value]) => [
    key,
    typeof value === "string" && value.startsWith("/") ? value.toLowerCase() : value,
  ]);
  return {
    id: `${cluster.toLowerCase()}/providers/microsoft.policyinsights/${kind}/${String(made).padStart(6, "0")}`,
    name: String(made),
    type: `microsoft.policyinsights/${kind}`,
    subscriptionId: /^\/subscriptions\/([^/]+)/.exec(cluster)?.[1] ?? "",
    properties: { resourceId: cluster.toLowerCase(), ...Object.fromEntries(lowerCase) },
  };
}
