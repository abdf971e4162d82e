import type { RawObject } from "../../src/emulator/estate/world.ts";

export const exampleId =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay-prod/providers/Microsoft.ContainerService/managedClusters/aks-pay-weu-01";

/** A cluster's row with all that Azure fills in: good but for one pool of Azure Linux 2.0 (https://learn.microsoft.com/rest/api/aks/managed-clusters/get). */
export function exampleClusterRow(properties: RawObject = {}): RawObject {
  return {
    id: exampleId,
    name: "aks-pay-weu-01",
    type: "microsoft.containerservice/managedclusters",
    tenantId: "22222222-2222-2222-2222-222222222222",
    kind: "Base",
    location: "westeurope",
    resourceGroup: "rg-pay-prod",
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    managedBy: "",
    plan: null,
    zones: null,
    extendedLocation: null,
    sku: { name: "Base", tier: "Standard" },
    tags: { env: "prod", owner: "payments", "cost-center": "4711" },
    identity: { type: "UserAssigned" },
    properties: { ...exampleProperties(), ...properties },
  };
}

function exampleProperties(): RawObject {
  return {
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    kubernetesVersion: "1.35",
    currentKubernetesVersion: "1.35.6",
    fqdn: "aks-pay-weu-01-dns-a1b2c3d4.hcp.westeurope.azmk8s.io",
    resourceUID: "6650f0c1a2b3c4d5e6f70811",
    nodeResourceGroup: "MC_rg-pay-prod_aks-pay-weu-01_westeurope",
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    enableRBAC: true,
    disableLocalAccounts: true,
    publicNetworkAccess: "Enabled",
    apiServerAccessProfile: {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: "system",
      disableRunCommand: true,
    },
    securityProfile: {
      defender: { securityMonitoring: { enabled: true }, securityGating: { enabled: true } },
      workloadIdentity: { enabled: true },
    },
    agentPoolProfiles: [
      examplePool(),
      examplePool({
        name: "legacy",
        mode: "User",
        count: 2,
        osSKU: "AzureLinux",
        orchestratorVersion: "1.31.11",
        currentOrchestratorVersion: "1.31.11",
        nodeImageVersion: "AKSAzureLinux-V2gen2-202512.06.0",
      }),
    ],
  };
}

/** An entry of `agentPoolProfiles`. */
export function examplePool(changes: RawObject = {}): RawObject {
  return {
    name: "sys",
    mode: "System",
    type: "VirtualMachineScaleSets",
    count: 3,
    vmSize: "Standard_D4ds_v5",
    osType: "Linux",
    osSKU: "AzureLinux3",
    orchestratorVersion: "1.35",
    currentOrchestratorVersion: "1.35.6",
    nodeImageVersion: "AKSAzureLinux-V3gen2-202611.09.0",
    enableNodePublicIP: false,
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    ...changes,
  };
}
