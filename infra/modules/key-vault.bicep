// Holds the webhook addresses and nothing else. Nothing here writes one: the operator does, after the deployment.
param name string
param location string
param tags object

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    // The least Azure allows. Purge protection stays off: it would block this name for the whole time after a removal,
    // and what is lost with the vault is an address that Teams shows again.
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'Enabled'
  }
}

output name string = vault.name
