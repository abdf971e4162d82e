// What the monitor may read in one subscription it watches, least first. No right here writes, lists keys or enters a cluster.
targetScope = 'subscription'

@description('Object id of the monitor\'s identity.')
param principalId string

var rights = [
  {
    role: '39bc4728-0917-49c7-9d2c-d95423bc2eb4' // Security Reader
    reason: 'Reads Defender plans, also where Reader is taken away again.'
  }
  {
    role: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' // Reader
    reason: 'Reads clusters, their node groups and settings through Resource Graph and ARM.'
  }
]

resource readerRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in rights: {
  name: guid(subscription().id, principalId, right.role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]
