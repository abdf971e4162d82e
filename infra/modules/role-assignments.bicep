// Every right the monitor has on its own resources, least first. The reason travels with the assignment as its description.
// Rights on what it watches: reader-rights-subscription.bicep and reader-rights-management-group.bicep.
@description('Object id of the monitor\'s identity.')
param principalId string

@description('Object id of whoever may set the webhook; empty for nobody.')
param operatorPrincipalId string

param storageName string
param vaultName string
param insightsName string

var onInsights = [
  {
    role: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
    reason: 'Sends its logs; the component takes no key.'
  }
]

var onVault = [
  {
    role: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
    reason: 'Reads the webhook address when it has a card to send.'
  }
]

var onStorage = [
  {
    role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
    reason: 'Durable Functions passes the steps of a sweep through queues.'
  }
  {
    role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
    reason: 'Keeps the present posture; Durable Functions keeps the history of a sweep.'
  }
  {
    role: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
    reason: 'Writes evidence; the host keeps its leases and keys there and reads the package.'
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource insightsRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in onInsights: {
  name: guid(insights.id, principalId, right.role)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]

resource vaultRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in onVault: {
  name: guid(vault.id, principalId, right.role)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]

resource storageRights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for right in onStorage: {
  name: guid(storage.id, principalId, right.role)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    description: right.reason
  }
}]

// Not the monitor's: owning a vault gives no access to its secrets, so whoever deploys needs this to set the webhook.
var operatorRole = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer

resource operatorRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, operatorRole)
  scope: vault
  properties: {
    // No principalType: a person deploys, or a pipeline does.
    principalId: operatorPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', operatorRole)
    description: 'Sets the webhook address after the deployment.'
  }
}
