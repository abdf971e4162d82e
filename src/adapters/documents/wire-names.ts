/**
 * The property names of a managed cluster as ARM spells them (api-version 2026-04-01 and the previews named in the catalogue).
 * `az` prints the same letters in the casing of its own models, which changes between its versions.
 * Source: the serializers of @azure/arm-containerservice 25.3.0.
 */
const topNames = `
  id name type location tags sku identity kind eTag systemData extendedLocation zones plan managedBy properties
  tenantId subscriptionId resourceGroup apiVersion resources dependsOn condition comments scope copy existing`;

const clusterNames = `
  provisioningState powerState maxAgentPools kubernetesVersion currentKubernetesVersion dnsPrefix fqdnSubdomain fqdn privateFQDN
  azurePortalFQDN agentPoolProfiles linuxProfile windowsProfile servicePrincipalProfile addonProfiles podIdentityProfile
  oidcIssuerProfile nodeResourceGroup nodeResourceGroupProfile enableRBAC supportPlan networkProfile aadProfile autoUpgradeProfile
  upgradeSettings autoScalerProfile apiServerAccessProfile diskEncryptionSetID identityProfile privateLinkResources
  disableLocalAccounts httpProxyConfig securityProfile storageProfile ingressProfile publicNetworkAccess workloadAutoScalerProfile
  azureMonitorProfile serviceMeshProfile resourceUID metricsProfile nodeProvisioningProfile bootstrapProfile
  aiToolchainOperatorProfile hostedSystemProfile status creationData enablePodSecurityPolicy enableNamespaceResources`;

const blockNames = `
  managed enableAzureRBAC adminGroupObjectIDs clientAppID serverAppID serverAppSecret
  authorizedIPRanges enablePrivateCluster privateDNSZone enablePrivateClusterPublicFQDN disableRunCommand enableVnetIntegration subnetId
  upgradeChannel nodeOSUpgradeChannel restrictionLevel enabled config code mode defaultNodePools artifactSource containerRegistryId
  networkPlugin networkPluginMode networkPolicy networkMode networkDataplane advancedNetworking observability security
  advancedNetworkPolicies transitEncryption performance accelerationMode podCidr podCidrs serviceCidr serviceCidrs dnsServiceIP
  outboundType loadBalancerSku loadBalancerProfile natGatewayProfile staticEgressGatewayProfile ipFamilies podLinkLocalAccess
  managedOutboundIPs countIPv6 outboundIPPrefixes publicIPPrefixes outboundIPs publicIPs effectiveOutboundIPs
  allocatedOutboundPorts idleTimeoutInMinutes enableMultipleStandardLoadBalancers backendPoolType managedOutboundIPProfile
  defender logAnalyticsWorkspaceResourceId securityMonitoring securityGating allowSecretAccess azureKeyVaultKms keyId
  keyVaultNetworkAccess keyVaultResourceId workloadIdentity imageCleaner intervalHours imageIntegrity nodeRestriction
  customCATrustCertificates kubernetesResourceObjectEncryptionProfile infrastructureEncryption
  allowNetworkPluginKubenet userAssignedIdentities userAssignedIdentityExceptions issuerURL overrideSettings forceUpgrade until
  diskCSIDriver fileCSIDriver snapshotController blobCSIDriver webAppRouting gatewayAPIImplementations appRoutingIstio
  dnsZoneResourceIds nginx defaultIngressControllerType gatewayAPI installation keda verticalPodAutoscaler metrics kubeStateMetrics
  controlPlane appMonitoring autoInstrumentation containerInsights costAnalysis istio components ingressGateways egressGateways
  certificateAuthority plugin revisions httpProxy httpsProxy noProxy trustedCa adminUsername ssh publicKeys keyData licenseType
  enableCSIProxy gmsaProfile systemNodeSubnetID nodeSubnetID principalId clientId objectId resourceId tier provisioningError`;

const poolNames = `
  count vmSize osDiskSizeGB osDiskType kubeletDiskType workloadRuntime messageOfTheDay vnetSubnetID podSubnetID podIPAllocationMode
  maxPods osType osSKU maxCount minCount enableAutoScaling scaleDownMode orchestratorVersion currentOrchestratorVersion
  nodeImageVersion availabilityZones enableNodePublicIP nodePublicIPPrefixID scaleSetPriority scaleSetEvictionPolicy spotMaxPrice
  nodeLabels nodeTaints proximityPlacementGroupID kubeletConfig linuxOSConfig enableEncryptionAtHost enableUltraSSD enableFIPS
  gpuInstanceProfile capacityReservationGroupID hostGroupID nodePublicIPTags ipTagType allowedHostPorts portStart portEnd protocol
  applicationSecurityGroups disableOutboundNat enableVTPM enableSecureBoot sshAccess gpuProfile gatewayProfile publicIPPrefixSize
  artifactStreamingProfile virtualMachinesProfile scale manual size virtualMachineNodesStatus localDNSProfile
  maxSurge maxUnavailable drainTimeoutInMinutes nodeSoakDurationInMinutes undrainableNodeBehavior`;

/** Lower case to ARM's spelling of a cluster's own properties: what `az` prints at the top of a cluster. */
export const clusterProperties = byLowerCase(clusterNames);

/** Lower case to ARM's spelling, wherever the name stands. */
export const wireNames: ReadonlyMap<string, string> = new Map([
  ...byLowerCase(topNames),
  ...clusterProperties,
  ...byLowerCase(blockNames),
  ...byLowerCase(poolNames),
]);

/** The SDKs' name for a pool's `type`, which their flattened resource needs for itself. */
export const poolKindName = "typePropertiesType";

/** Blocks whose keys people or add-ons chose. */
export const freeKeys: ReadonlySet<string> = new Set([
  "tags",
  "nodeLabels",
  "podLabels",
  "config",
  "addonProfiles",
  "identityProfile",
  "userAssignedIdentities",
  "autoScalerProfile",
]);

function byLowerCase(names: string): ReadonlyMap<string, string> {
  return new Map(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name.toLowerCase(), name]),
  );
}
