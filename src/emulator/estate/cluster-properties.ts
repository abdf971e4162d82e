import type { ClusterSpec } from "./cluster-spec.ts";
import { guidOf, hexOf, resourceIdOf } from "./ids.ts";
import { ownNetwork } from "./network-profiles.ts";
import type { NodeGroup } from "./node-group.ts";
import { kubeletIdentity, nodeGroupId } from "./node-group.ts";
import { agentPoolProfile } from "./pool-rows.ts";
import { subscriptions, tenantId } from "./tenant.ts";
import type { RawObject } from "./world.ts";

/** An API server that only the cluster's own network reaches. */
export const privateApiServer = {
  enablePrivateCluster: true,
  enablePrivateClusterPublicFQDN: false,
  privateDNSZone: "system",
  disableRunCommand: true,
} as const satisfies RawObject;

/** A public API server that admits the given ranges or service tags; without any, everyone. */
export function publicApiServer(...authorizedIPRanges: readonly string[]): RawObject {
  return {
    ...(authorizedIPRanges.length > 0 ? { authorizedIPRanges } : {}),
    enablePrivateCluster: false,
    disableRunCommand: true,
  };
}

const keyVault = "kv-contoso-etcd";

/** A key of the company's own that encrypts what etcd holds, in a vault behind a private endpoint. */
export const privateKms = {
  enabled: true,
  keyId: `https://${keyVault}.vault.azure.net/keys/etcd/${hexOf("etcd key", 32)}`,
  keyVaultNetworkAccess: "Private",
  keyVaultResourceId: resourceIdOf(
    subscriptions.platform.subscriptionId,
    "rg-platform-keys",
    "Microsoft.KeyVault/vaults",
    keyVault,
  ),
} as const satisfies RawObject;

/** An add-on that was turned off: it stays in the map. */
export const addonOff = { enabled: false, config: null } as const satisfies RawObject;

/** `securityProfile` with the Defender sensor on, and with the block as a cluster without it has it. */
export const sensorOn = securityProfile({
  securityMonitoring: { enabled: true },
});
export const sensorOff = securityProfile({
  securityMonitoring: { enabled: false },
});
export const sensorAbsent = {
  workloadIdentity: { enabled: true },
} as const satisfies RawObject;

/** Blocks that a cluster made and last written before 2023 does not have. */
export const blocksOfLaterVersions = [
  "oidcIssuerProfile",
  "workloadAutoScalerProfile",
  "azureMonitorProfile",
  "metricsProfile",
  "nodeProvisioningProfile",
  "bootstrapProfile",
  "nodeResourceGroupProfile",
  "supportPlan",
  "securityProfile",
  "ingressProfile",
  "hostedSystemProfile",
] as const;

/**
 * `properties` of a hardened private cluster: the keys of https://learn.microsoft.com/rest/api/aks/managed-clusters/get in the order in which
 * `GET managedClusters/{name}` writes them.
 */
export function managedClusterProperties(spec: ClusterSpec, group: NodeGroup): RawObject {
  const { name, location } = spec;
  const prefix = `${name}-dns`;
  const domain = location.startsWith("china") ? "cx.prod.service.azk8s.cn" : "azmk8s.io";
  const host = `${prefix}-${hexOf(group.name, 8)}`;
  return {
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    kubernetesVersion: group.kubernetes.split(".").slice(0, 2).join("."),
    currentKubernetesVersion: group.kubernetes,
    dnsPrefix: prefix,
    fqdn: `${host}.hcp.${location}.${domain}`,
    azurePortalFQDN: `${host}.portal.hcp.${location}.${domain}`,
    agentPoolProfiles: spec.pools.map((pool) => agentPoolProfile(pool, group.kubernetes, group.subnetId)),
    linuxProfile: {
      adminUsername: "azureuser",
      ssh: { publicKeys: [{ keyData: "ssh-rsa not-a-key" }] },
    },
    windowsProfile: null,
    servicePrincipalProfile: { clientId: "msi" },
    addonProfiles: addons(spec, group),
    nodeResourceGroup: group.name,
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    enableRBAC: true,
    supportPlan: "KubernetesOfficial",
    networkProfile: ownNetwork,
    aadProfile: {
      managed: true,
      adminGroupObjectIDs: [guidOf("group aks-admins")],
      adminUsers: null,
      enableAzureRBAC: true,
      tenantID: tenantId,
    },
    maxAgentPools: 100,
    apiServerAccessProfile: privateApiServer,
    identityProfile: { kubeletidentity: kubeletIdentity(group) },
    autoUpgradeProfile: {
      upgradeChannel: "patch",
      nodeOSUpgradeChannel: "NodeImage",
    },
    disableLocalAccounts: true,
    securityProfile: sensorOn,
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    },
    ingressProfile: null,
    oidcIssuerProfile: {
      enabled: true,
      issuerURL: issuerUrl(group),
    },
    workloadAutoScalerProfile: {},
    azureMonitorProfile: { metrics: { enabled: true, kubeStateMetrics: {} } },
    metricsProfile: { costAnalysis: { enabled: false } },
    resourceUID: `66${hexOf(`${group.name} ${spec.incarnation ?? 1}`, 22)}`,
    publicNetworkAccess: "Enabled",
    nodeProvisioningProfile: { mode: "Manual", defaultNodePools: null },
    bootstrapProfile: { artifactSource: "Direct" },
    hostedSystemProfile: { enabled: false },
  };
}

/** Who signs the tokens of a cluster's service accounts. */
export function issuerUrl({ location, name }: NodeGroup): string {
  return `https://${location}.oic.prod-aks.azure.com/${tenantId}/${guidOf(`${name} issuer`)}/`;
}

function addons(spec: ClusterSpec, group: NodeGroup): RawObject {
  const own = ownAddons(spec, group);
  const changed = Object.entries(spec.addons ?? {}).map(([key, addon]) => [
    key,
    "enabled" in addon ? addon : { ...own[key], ...addon },
  ]);
  return { ...own, ...Object.fromEntries(changed) };
}

function ownAddons(spec: ClusterSpec, group: NodeGroup): Readonly<Record<string, RawObject>> {
  const secrets = {
    enabled: true,
    config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
    identity: addonIdentity(group, "azurekeyvaultsecretsprovider"),
  };
  const policy = { enabled: true, config: null, identity: addonIdentity(group, "azurepolicy") };
  const workspace = workspaceId(spec.subscription.subscriptionId, "law-operations");
  return spec.addonCasing === "template"
    ? {
        azureKeyvaultSecretsProvider: secrets,
        azurePolicy: policy,
        omsAgent: {
          enabled: true,
          config: { logAnalyticsWorkspaceResourceID: workspace, useAADAuth: "true" },
          identity: addonIdentity(group, "omsagent"),
        },
      }
    : { azureKeyvaultSecretsProvider: secrets, azurepolicy: policy, omsagent: addonOff };
}

function addonIdentity(group: NodeGroup, addon: string): RawObject {
  const name = `${addon}-${group.clusterName}`;
  return {
    resourceId: nodeGroupId(group, "Microsoft.ManagedIdentity/userAssignedIdentities", name),
    clientId: guidOf(`${name} client`),
    objectId: guidOf(`${name} object`),
  };
}

function securityProfile(defender: RawObject): RawObject {
  return {
    defender: {
      logAnalyticsWorkspaceResourceId: workspaceId(subscriptions.platform.subscriptionId, "law-security"),
      ...defender,
    },
    azureKeyVaultKms: privateKms,
    workloadIdentity: { enabled: true },
    imageCleaner: { enabled: true, intervalHours: 168 },
  };
}

function workspaceId(subscriptionId: string, name: string): string {
  return resourceIdOf(subscriptionId, "rg-observability", "Microsoft.OperationalInsights/workspaces", name);
}
