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

/** Defender pricings of subscriptions and of single clusters; the names of the retired container plans are left out. */
export const pricingsQuery = `securityresources
| where type =~ 'microsoft.security/pricings'
| where name =~ 'Containers'
| project id, subscriptionId, pricingTier = properties.pricingTier
| order by id asc`;

/** Scale sets, virtual machines and network interfaces, whoever they belong to. */
export const machinesQuery = machines("");

/** The same of one resource group. */
export function nodeGroupQuery(resourceGroup: string): string {
  return machines(`\n| where resourceGroup =~ ${quote(resourceGroup)}`);
}

/** Only what `node-machine.ts` maps: whole rows of machines are long and there are many. */
function machines(restriction: string): string {
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
    attachedTo = properties.virtualMachine.id
| order by id asc`;
}

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

/** A string literal of Kusto. */
function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
