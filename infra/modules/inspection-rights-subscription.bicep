// What the monitor may read inside the clusters of one subscription it watches, least first. Deployed only where inspection is on.
// Heeded by clusters that ask Azure for rights; on others, the first role and infra/inspection-rights-cluster.yaml.
targetScope = 'subscription'

@description('Object id of the monitor\'s identity.')
param principalId string

@description('All custom resources, or only those that are needed.')
@allowed(['all', 'needed'])
param customResources string

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
  name: guid(subscription().id, principalId, right.role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]

var watched = subscription().id
var inspector = loadJsonContent('inspector-role.json')

resource inspectorRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'midwatch-inspector')
  properties: {
    // Names of roles are unique in a whole tenant.
    roleName: 'Midwatch Inspector (${subscription().subscriptionId})'
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

module assignment 'inspector-assignment.bicep' = {
  name: 'midwatch-inspector'
  params: {
    principalId: principalId
    role: inspectorRole.name
    customResources: customResources
  }
}
