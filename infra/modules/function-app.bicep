// The app on Flex Consumption, and every setting it reads. No setting holds a secret: identity opens storage, vault and telemetry.
// HTTP routes ask for a function key until App Service Authentication stands in front; nothing here is in its way.
param name string
param planName string
param location string
param tags object
param identityName string
param storageName string
param packageContainerName string
param vaultName string
param insightsName string
param webhookSecretName string
param subscriptions string
param managementGroups string
param sweepSchedule string
param profile string
param inspection string
param alertThreshold string

var clouds = {
  AzureCloud: 'public'
  AzureUSGovernment: 'usgov'
  AzureChinaCloud: 'china'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds where to deploy by the service name.
  tags: union(tags, { 'azd-service-name': 'midwatch' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        // The least every region accepts. What paces a sweep is MIDWATCH_BATCH_WINDOW, not this.
        maximumInstanceCount: 40
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    // The host's own storage, by address and not by account name, so that it holds in every cloud.
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
    // An address, not a credential: the component refuses telemetry without a token.
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    AZURE_CLIENT_ID: identity.properties.clientId
    SWEEP_SCHEDULE: sweepSchedule
    MIDWATCH_ENGINE: 'durable'
    MIDWATCH_CLOUD: clouds[environment().name]
    MIDWATCH_SUBSCRIPTIONS: subscriptions
    MIDWATCH_MANAGEMENT_GROUPS: managementGroups
    MIDWATCH_PROFILE: profile
    MIDWATCH_INSPECTION: inspection
    MIDWATCH_ALERT_THRESHOLD: alertThreshold
    MIDWATCH_BATCH_CLUSTERS: '1000'
    MIDWATCH_BATCH_WINDOW: '1'
    MIDWATCH_STORAGE__blobServiceUri: storage.properties.primaryEndpoints.blob
    MIDWATCH_STORAGE__tableServiceUri: storage.properties.primaryEndpoints.table
    MIDWATCH_KEY_VAULT_URI: vault.properties.vaultUri
    MIDWATCH_WEBHOOK_SECRET: webhookSecretName
    MIDWATCH_PUBLIC_URL: 'https://${app.properties.defaultHostName}'
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
