// What the monitor may read inside the clusters below a management group it watches, least first. A deployment of its own, and only where inspection is on.
// Subscriptions made later inherit the first two rights; the third is given to each subscription, so run it again for them.
targetScope = 'managementGroup'

@description('Object id of the monitor\'s identity: output MIDWATCH_PRINCIPAL_ID of the main deployment.')
param principalId string

@description('Ids of the subscriptions below the management group that have clusters.')
param subscriptions array

@description('All custom resources, or only those that are needed.')
@allowed(['all', 'needed'])
param customResources string = 'all'

var rights = [
  {
    role: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f' // Azure Kubernetes Service Cluster User Role
    reason: 'Asks for the address and the certificate authority of API servers; the rest of the answer is not used.'
  }
  {
    role: '7f6c6a51-bcf8-42ba-9220-52d62157d7db' // Azure Kubernetes Service RBAC Reader
    reason: 'Reads namespaces, pods and network policies in clusters; no Secrets.'
  }
]

resource inspectionRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in rights: {
  name: guid(managementGroup().id, principalId, right.role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tenantResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]

var watched = managementGroup().id
var inspector = loadJsonContent('inspector-role.json')

resource inspectorRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(managementGroup().id, 'midwatch-inspector')
  properties: {
    // Names of roles are unique in a whole tenant.
    roleName: 'Midwatch Inspector (${managementGroup().name})'
    description: inspector.description
    type: 'CustomRole'
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: map(inspector.dataActions, each => each.action)
        notDataActions: []
      }
    ]
    assignableScopes: [watched]
  }
}

module assignments 'inspector-assignment.bicep' = [for id in subscriptions: {
  name: 'midwatch-inspector-${id}'
  scope: subscription(id)
  params: {
    principalId: principalId
    role: inspectorRole.name
    customResources: customResources
  }
}]
