import type { ScalarType } from "./kusto/syntax.ts";

/** The columns every Resource Graph row has, in the order Azure answers them. */
export const graphColumns: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>([
  ["id", "string"],
  ["name", "string"],
  ["type", "string"],
  ["tenantId", "string"],
  ["kind", "string"],
  ["location", "string"],
  ["resourceGroup", "string"],
  ["subscriptionId", "string"],
  ["managedBy", "string"],
  ["sku", "dynamic"],
  ["plan", "dynamic"],
  ["properties", "dynamic"],
  ["tags", "dynamic"],
  ["identity", "dynamic"],
  ["zones", "dynamic"],
  ["extendedLocation", "dynamic"],
]);

/** Which table a row lives in, by the start of its type; the first match counts, the rest are `resources`. */
const homes: readonly (readonly [typePrefix: string, table: string])[] = [
  ["microsoft.management/managementgroups", "resourcecontainers"],
  ["microsoft.resources/subscriptions", "resourcecontainers"],
  ["microsoft.resources/changes", "resourcechanges"],
  ["microsoft.resources/containerchanges", "resourcecontainerchanges"],
  ["microsoft.security/", "securityresources"],
  ["microsoft.authorization/policy", "policyresources"],
  ["microsoft.policyinsights/", "policyresources"],
  ["microsoft.authorization/role", "authorizationresources"],
  ["microsoft.authorization/classicadministrators", "authorizationresources"],
  ["microsoft.containerservice/managedclusters/scheduledevents", "containerserviceeventresources"],
  ["microsoft.containerservice/fleets/", "aksresources"],
  ["microsoft.kubernetesconfiguration/", "kubernetesconfigurationresources"],
  ["microsoft.maintenance/", "maintenanceresources"],
  ["microsoft.resourcehealth/", "healthresources"],
  ["microsoft.compute/virtualmachinescalesets/virtualmachines", "computeresources"],
  ["microsoft.insights/datacollectionruleassociations", "insightsresources"],
  ["microsoft.features/", "featureresources"],
];

/** Every table the emulated Resource Graph has, lower case. */
export const graphTables: ReadonlySet<string> = new Set(["resources", ...homes.map(([, table]) => table)]);

/** The table that holds rows of this type. */
export function graphTableOf(type: string): string {
  const wanted = type.toLowerCase();
  return homes.find(([prefix]) => wanted.startsWith(prefix))?.[1] ?? "resources";
}
