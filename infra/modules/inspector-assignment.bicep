// Gives the monitor the role that is made for it, in one subscription: a role of one's own with data actions cannot be assigned at a management group.
targetScope = 'subscription'

@description('Object id of the monitor\'s identity.')
param principalId string

@description('GUID of the role; it may be defined here or at a management group above.')
param role string

@description('All custom resources, or only those that are needed. The second takes a condition, which Azure has in preview: not every cluster heeds one.')
@allowed(['all', 'needed'])
param customResources string

// Whatever is no custom resource passes; of these, the groups of Cilium, of Calico and of the Key Vault driver.
var condition = '((!(ActionMatches{\'Microsoft.ContainerService/managedClusters/customresources/read\'})) OR (@Request[Microsoft.ContainerService/managedClusters/customResources:group] StringEqualsIgnoreCase \'cilium.io\' OR @Request[Microsoft.ContainerService/managedClusters/customResources:group] StringEqualsIgnoreCase \'crd.projectcalico.org\' OR @Request[Microsoft.ContainerService/managedClusters/customResources:group] StringEqualsIgnoreCase \'secrets-store.csi.x-k8s.io\'))'

resource inspectorRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    description: 'Reads role bindings, the roles they name and custom resources in clusters.'
    condition: customResources == 'needed' ? condition : null
    conditionVersion: customResources == 'needed' ? '2.0' : null
  }
}
