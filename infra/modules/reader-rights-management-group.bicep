// What the monitor may read in a management group it watches, least first: every subscription below inherits it, new ones too.
// A deployment of its own: ARM takes no management group inside a deployment to a subscription.
targetScope = 'managementGroup'

@description('Object id of the monitor\'s identity: output MIDWATCH_PRINCIPAL_ID of the main deployment.')
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
  name: guid(managementGroup().id, principalId, right.role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tenantResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]
