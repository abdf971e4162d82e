// The smallest honest deployment: one function app, one identity, one storage account, one vault, one place for logs.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the azd environment; the resource group and the unique part of every name come from it.')
param environmentName string

@minLength(1)
@description('Region of every resource. Flex Consumption must be offered there.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of whoever deploys: may set the webhook in the vault. Empty: nobody may, until granted by hand.')
param operatorPrincipalId string = ''

@description('Ids of the subscriptions to watch, separated by commas. Empty, and no management group: the one deployed to.')
param subscriptions string = ''

@description('Ids of the management groups to watch, separated by commas; instead of subscriptions. Their reader rights are a deployment of their own.')
param managementGroups string = ''

@description('When the sweep runs: NCRONTAB of six fields, in UTC.')
param sweepSchedule string = '0 0 1 * * *'

@description('Profile of controls the fleet is judged by.')
param profile string = 'default'

@description('Whether clusters are looked into through the Kubernetes API. On, the identity gets the rights that takes in the subscriptions watched; off again, they stay until they are taken back.')
@allowed(['off', 'on'])
param inspection string = 'off'

@description('Which custom resources inspection may read: all, or only those needed, by a condition that Azure has in preview.')
@allowed(['all', 'needed'])
param inspectedCustomResources string = 'all'

@description('Least severity that is told to Teams.')
@allowed(['critical', 'high', 'medium', 'low'])
param alertThreshold string = 'low'

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var webhookSecretName = 'teams-webhook'

var ownSubscription = subscription().subscriptionId
var namedSubscriptions = filter(split(replace(subscriptions, ' ', ''), ','), id => !empty(id))
var groups = filter(split(replace(managementGroups, ' ', ''), ','), id => !empty(id))
// Named outright even when it is only this one: an expected subscription that cannot be read is a gap, a forgotten one is silence.
var watched = empty(namedSubscriptions) && empty(groups) ? [ownSubscription] : namedSubscriptions

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'midwatch-identity'
  scope: group
  params: {
    name: 'id-midwatch-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'midwatch-storage'
  scope: group
  params: {
    name: 'stmidwatch${token}'
    location: location
    tags: tags
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'midwatch-vault'
  scope: group
  params: {
    name: 'kv-mw-${token}'
    location: location
    tags: tags
  }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'midwatch-telemetry'
  scope: group
  params: {
    workspaceName: 'log-midwatch-${token}'
    insightsName: 'appi-midwatch-${token}'
    location: location
    tags: tags
  }
}

module ownRights 'modules/role-assignments.bicep' = {
  name: 'midwatch-own-rights'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: telemetry.outputs.insightsName
  }
}

module readerRights 'modules/reader-rights-subscription.bicep' = [for id in watched: {
  name: 'midwatch-reader-${id}'
  scope: subscription(id)
  params: {
    principalId: identity.outputs.principalId
  }
}]

module inspectionRights 'modules/inspection-rights-subscription.bicep' = [for id in watched: if (inspection == 'on') {
  name: 'midwatch-inspection-${id}'
  scope: subscription(id)
  params: {
    principalId: identity.outputs.principalId
    customResources: inspectedCustomResources
  }
}]

module app 'modules/function-app.bicep' = {
  name: 'midwatch-app'
  scope: group
  // The host opens its storage as soon as its settings arrive; rights given later cost it failed starts.
  dependsOn: [ownRights]
  params: {
    name: 'func-midwatch-${token}'
    planName: 'plan-midwatch-${token}'
    location: location
    tags: tags
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    packageContainerName: storage.outputs.packageContainerName
    vaultName: vault.outputs.name
    insightsName: telemetry.outputs.insightsName
    webhookSecretName: webhookSecretName
    subscriptions: join(watched, ',')
    managementGroups: join(groups, ',')
    sweepSchedule: sweepSchedule
    profile: profile
    inspection: inspection
    alertThreshold: alertThreshold
  }
}

// The principal is filled in last: what a module gives back is not known yet where map runs its function.
var grantCommands = join(map(groups, id => 'az deployment mg create --name midwatch-${token} --management-group-id ${id} --location ${location} --template-file infra/modules/reader-rights-management-group.bicep --parameters principalId={principalId}'), ' && ')
var inspectionCommands = join(map(groups, id => 'az deployment mg create --name midwatch-inspection-${token} --management-group-id ${id} --location ${location} --template-file infra/modules/inspection-rights-management-group.bicep --parameters principalId={principalId} customResources=${inspectedCustomResources} subscriptions=\'["<id>","<id>"]\''), ' && ')

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output MIDWATCH_APP_NAME string = app.outputs.name
output MIDWATCH_PUBLIC_URL string = app.outputs.url
output MIDWATCH_PRINCIPAL_ID string = identity.outputs.principalId
output MIDWATCH_SET_WEBHOOK string = 'az keyvault secret set --vault-name ${vault.outputs.name} --name ${webhookSecretName} --output none --value "<address of the Teams workflow>"'
output MIDWATCH_GRANT_READER string = replace(grantCommands, '{principalId}', identity.outputs.principalId)
output MIDWATCH_GRANT_INSPECTION string = inspection == 'on' ? replace(inspectionCommands, '{principalId}', identity.outputs.principalId) : ''
