import { quote } from "./kusto-text.ts";

/**
 * The Resource Graph queries: they fetch rows by type and judge nothing. Every one projects a scalar `id` and orders
 * by it, which makes its pages stable, and none uses `take`, which would end paging (https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data).
 */

/** Subscriptions the identity may read. */
export const subscriptionsQuery = `resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project id, name, subscriptionId
| order by id asc`;

/** Clusters with all their properties, in the shape of the newest REST version Resource Graph has indexed. */
export const clustersQuery = `resources
| where type =~ 'microsoft.containerservice/managedclusters'
| project id, name, location, resourceGroup, subscriptionId, sku, identity, tags, properties
| order by id asc`;

/** One row per subscription that has clusters. A summary is never paged, so ask for fewer than 1,000 subscriptions. */
export const clusterCountsQuery = `resources
| where type =~ 'microsoft.containerservice/managedclusters'
| summarize clusters = count() by subscriptionId
| project id = subscriptionId, clusters
| order by id asc`;

/** Defender pricings of subscriptions and of single clusters, of the plans that look after containers; the names of the retired ones are left out. */
export const pricingsQuery = `securityresources
| where type =~ 'microsoft.security/pricings'
| where name in~ ('Containers', 'CloudPosture')
| project id, subscriptionId, pricingTier = properties.pricingTier, extensions = properties.extensions
| order by id asc`;

/** Scale sets, virtual machines and network interfaces, whoever they belong to. */
export const machinesQuery = machines("", "");

const identityColumn = ",\n    identity";

/** The same with the identities they carry, which make their rows longer. */
export const machinesWithIdentitiesQuery = machines("", identityColumn);

/** The same of one resource group. */
export function nodeGroupQuery(resourceGroup: string): string {
  return machines(`\n| where resourceGroup =~ ${quote(resourceGroup)}`, identityColumn);
}

/** Only what `node-machine.ts` maps: whole rows of machines are long and there are many. */
function machines(restriction: string, more: string): string {
  return `resources
| where type in~ ('microsoft.compute/virtualmachinescalesets', 'microsoft.compute/virtualmachines', 'microsoft.network/networkinterfaces')${restriction}
| project id, name, type, resourceGroup, subscriptionId,
    pool = tags['aks-managed-poolName'],
    scaleSetImage = properties.virtualMachineProfile.storageProfile.imageReference,
    scaleSetOsType = properties.virtualMachineProfile.storageProfile.osDisk.osType,
    scaleSetInterfaces = properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations,
    machineImage = properties.storageProfile.imageReference,
    machineOsType = properties.storageProfile.osDisk.osType,
    machineInterfaces = properties.networkProfile.networkInterfaces,
    ipConfigurations = properties.ipConfigurations,
    attachedTo = properties.virtualMachine.id${more}
| order by id asc`;
}

/**
 * Defender's open assessments of software in containers, a row for each piece to be updated, beside two assessments
 * that every cluster has once Defender looked at it. Images in registries have a type of their own and are left out, as
 * are findings of low and medium severity: there are thousands of these, each with a long list of its CVEs. The first
 * letters of keys in `resourceDetails` vary (https://learn.microsoft.com/azure/defender-for-cloud/transition-grouped-individual-recommendations).
 */
export const containerAssessmentsQuery = `securityresources
| where type =~ 'microsoft.security/assessments'
| extend resourceType = tostring(properties.resourceDetails.ResourceType),
    otherResourceType = tostring(properties.resourceDetails.resourceType)
| where (name in~ ('56a83a6e-c417-42ec-b567-1e6fcb3d09a9', '1a2b5b4c-f80d-46e7-ac81-b51a9fb363de') and id contains '/managedclusters/')
    or (tostring(properties.metadata.recommendationCategory) =~ 'SoftwareUpdate'
        and tostring(properties.status.code) !in~ ('Healthy', 'NotApplicable')
        and tostring(properties.metadata.severity) !in~ ('Low', 'Medium')
        and resourceType !contains 'containerimage' and otherResourceType !contains 'containerimage'
        and (resourceType contains 'container' or otherResourceType contains 'container' or id contains '/managedclusters/'))
| project id, name, subscriptionId, severity = properties.metadata.severity,
    resourceId = properties.resourceDetails.Id, otherResourceId = properties.resourceDetails.id,
    displayName = properties.displayName, software = properties.additionalData.SoftwareName,
    cves = properties.additionalData.CvesDetails
| order by id asc`;

/** Route tables with all their routes. */
export const routeTablesQuery = `resources
| where type =~ 'microsoft.network/routetables'
| project id, subscriptionId, routes = properties.routes
| order by id asc`;

/** Virtual networks of these resource ids, with their subnets. */
export function virtualNetworksQuery(...ids: readonly string[]): string {
  return `resources
| where type =~ 'microsoft.network/virtualnetworks'
| where id in~ (${ids.map(quote).join(", ")})
| project id, subscriptionId, subnets = properties.subnets
| order by id asc`;
}

/** Subscriptions with the management groups above them, and the management groups that may be seen. */
export const containersQuery = `resourcecontainers
| where type in~ ('microsoft.resources/subscriptions', 'microsoft.management/managementgroups')
| project id, type, chain = properties.managementGroupAncestorsChain
| order by id asc`;

/** Role assignments, whoever holds them. */
export const roleAssignmentsQuery = `authorizationresources
| where type =~ 'microsoft.authorization/roleassignments'${assignmentColumns()}`;

/** Whatever these principals (object ids) hold elsewhere than in these subscriptions. */
export function assignmentsElsewhereQuery(
  principalIds: readonly string[],
  subscriptionIds: readonly string[],
): string {
  const elsewhere =
    subscriptionIds.length > 0
      ? `\n| where subscriptionId !in~ (${subscriptionIds.map(quote).join(", ")})`
      : "";
  return `authorizationresources
| where type =~ 'microsoft.authorization/roleassignments'
| where tostring(properties.principalId) in~ (${principalIds.map(quote).join(", ")})${elsewhere}${assignmentColumns()}`;
}

const applicationAssignments = `authorizationresources
| where type =~ 'microsoft.authorization/roleassignments'
| where tostring(properties.principalType) !in~ ('User', 'Group', 'ForeignGroup', 'Device')`;

/** The roles that they hold, each once; a summary is never paged. */
export const applicationRolesQuery = `${applicationAssignments}
| extend roleDefinitionId = tolower(tostring(properties.roleDefinitionId))
| summarize assignments = count() by roleDefinitionId
| project id = roleDefinitionId, assignments
| order by id asc`;

/** Who each cluster is, and its node resource group. */
export const clusterIdentitiesQuery = `resources
| where type =~ 'microsoft.containerservice/managedclusters'
| project id, subscriptionId, nodeResourceGroup = properties.nodeResourceGroup, identity
| order by id asc`;

/**
 * Assignments of these roles (GUIDs) to what is not a person: identities and applications, and those of which old
 * assignments do not say what they are. Node resource groups are among the places: whoever makes a group may give it the
 * name of one.
 */
export function applicationAssignmentsQuery(...roleIds: readonly string[]): string {
  return `${applicationAssignments}
| where ${roleIds.map((id) => `tostring(properties.roleDefinitionId) has ${quote(id)}`).join(" or ")}${assignmentColumns()}`;
}

function assignmentColumns(): string {
  return `
| project id, scope = properties.scope, principalId = properties.principalId,
    principalType = properties.principalType, roleDefinitionId = properties.roleDefinitionId
| order by id asc`;
}

/** Roles, Azure's own and others: they are the tenant's, and only shown to those who name no subscription. */
export const roleDefinitionsQuery = `authorizationresources
| where type =~ 'microsoft.authorization/roledefinitions'
| project id, roleName = properties.roleName, permissions = properties.permissions
| order by id asc`;

/** Clusters that are members of a Fleet. */
export const fleetMembersQuery = `aksresources
| where type =~ 'microsoft.containerservice/fleets/members'
| project id, clusterId = properties.clusterResourceId
| order by id asc`;

/** Managed identities with these object ids. */
export function managedIdentitiesQuery(...principalIds: readonly string[]): string {
  return `resources
| where type =~ 'microsoft.managedidentity/userassignedidentities'
| where tostring(properties.principalId) in~ (${principalIds.map(quote).join(", ")})
| project id, principalId = properties.principalId
| order by id asc`;
}
