import type { ClusterRef } from "../../src/domain/cluster.ts";
import type { ClusterSnapshot, FactGroup, Facts, Readings } from "../../src/domain/facts.ts";
import type { Gap } from "../../src/domain/gap.ts";
import { noParameters } from "../../src/domain/profile-parameters.ts";
import { collected, type Reading } from "../../src/domain/reading.ts";
import { hardenedPolicies, hardenedScan } from "./hardened-policies.ts";

/** What a test changes: any depth may be left out; a list has as many elements as the test gives it, each laid over the hardened one at its place. */
export type Changes = DeepPartial<Facts>;

type DeepPartial<T> = T extends readonly (infer Element)[]
  ? readonly DeepPartial<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

const subscriptionId = "11111111-1111-4111-8111-111111111111";

export const hardenedCluster: ClusterRef = {
  id: `/subscriptions/${subscriptionId}/resourceGroups/rg-payments/providers/Microsoft.ContainerService/managedClusters/aks-payments-weu-01`,
  name: "aks-payments-weu-01",
  subscriptionId,
  resourceGroup: "rg-payments",
  location: "westeurope",
  tags: { owner: "payments-platform" },
  resourceUid: "6560a1b2c3d4e5f600000001",
};

const safeguardsId = `${hardenedCluster.id}/providers/Microsoft.ContainerService/deploymentSafeguards/default`;

const hardenedSubnet = `/subscriptions/${subscriptionId}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-payments/subnets/snet-aks-nodes`;

const adminGroup = "eeee0000-0000-4000-8000-000000000002";
const nodeGroup = `/subscriptions/${subscriptionId}/resourceGroups/mc_rg-payments`;
const hardenedScaleSet = `${nodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-apps`;

/** A cluster that passes every control. */
export const hardenedFacts: Facts = {
  clock: { asOf: "2026-11-21" },
  power: { isStopped: false },
  placement: { location: "westeurope" },
  apiServer: {
    privateCluster: {
      path: "properties.apiServerAccessProfile.enablePrivateCluster",
      observed: true,
      value: true,
    },
    authorizedRanges: {
      path: "properties.apiServerAccessProfile.authorizedIPRanges",
      observed: null,
      value: [],
    },
    publicNetworkAccess: { path: "properties.publicNetworkAccess", observed: null, value: "Enabled" },
    vnetIntegration: {
      path: "properties.apiServerAccessProfile.enableVnetIntegration",
      observed: null,
      value: false,
    },
  },
  apiServerName: {
    isPublic: {
      path: "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
      observed: false,
      value: false,
    },
  },
  runCommand: {
    disabled: { path: "properties.apiServerAccessProfile.disableRunCommand", observed: true, value: true },
  },
  localAccounts: { disabled: { path: "properties.disableLocalAccounts", observed: true, value: true } },
  entra: {
    profile: { path: "properties.aadProfile", observed: true, value: true },
    managed: { path: "properties.aadProfile.managed", observed: true, value: true },
    legacyApp: { path: "properties.aadProfile.clientAppID", observed: null, value: null },
    azureRbac: { path: "properties.aadProfile.enableAzureRBAC", observed: true, value: true },
  },
  kubernetesRbac: { enabled: { path: "properties.enableRBAC", observed: true, value: true } },
  workloadIdentity: {
    enabled: { path: "properties.securityProfile.workloadIdentity.enabled", observed: true, value: true },
    issuer: { path: "properties.oidcIssuerProfile.enabled", observed: true, value: true },
  },
  podIdentity: { enabled: { path: "properties.podIdentityProfile.enabled", observed: null, value: false } },
  clusterIdentity: {
    type: { path: "identity.type", observed: "UserAssigned", value: "UserAssigned" },
    clientId: { path: "properties.servicePrincipalProfile.clientId", observed: "msi", value: "msi" },
  },
  principals: {
    kubelet: identity("properties.identityProfile.kubeletidentity.objectId", "kubelet"),
    cluster: [identity("identity.principalId", "cluster")],
    others: [identity("properties.addonProfiles['azurepolicy'].identity.objectId", "addon")],
  },
  adminGroups: {
    ids: {
      path: "properties.aadProfile.adminGroupObjectIDs",
      observed: [adminGroup],
      value: [adminGroup],
    },
  },
  tokenIssuer: {
    url: {
      path: "properties.oidcIssuerProfile.issuerURL",
      observed: "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/",
      value: "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/",
    },
  },
  linkLocal: {
    access: { path: "properties.networkProfile.podLinkLocalAccess", observed: null, value: "IMDS" },
  },
  upgrades: {
    channel: { path: "properties.autoUpgradeProfile.upgradeChannel", observed: "patch", value: "patch" },
    nodeOsChannel: {
      path: "properties.autoUpgradeProfile.nodeOSUpgradeChannel",
      observed: "NodeImage",
      value: "NodeImage",
    },
  },
  nodeGroupLock: {
    restriction: {
      path: "properties.nodeResourceGroupProfile.restrictionLevel",
      observed: "ReadOnly",
      value: "ReadOnly",
    },
  },
  tier: {
    tier: { path: "sku.tier", observed: "Standard", value: "Standard" },
    supportPlan: {
      path: "properties.supportPlan",
      observed: "KubernetesOfficial",
      value: "KubernetesOfficial",
    },
  },
  controlPlaneVersion: {
    version: { path: "properties.currentKubernetesVersion", observed: "1.35.6", value: "1.35.6" },
  },
  poolVersions: {
    listed: [
      {
        path: "properties.agentPoolProfiles[0].currentOrchestratorVersion",
        pool: "system",
        observed: "1.35.6",
        value: "1.35.6",
      },
      {
        path: "properties.agentPoolProfiles[1].currentOrchestratorVersion",
        pool: "apps",
        observed: "1.35.6",
        value: "1.35.6",
      },
    ],
    unlisted: null,
  },
  hostEncryption: {
    listed: [
      {
        path: "properties.agentPoolProfiles[0].enableEncryptionAtHost",
        pool: "system",
        observed: true,
        value: true,
      },
      {
        path: "properties.agentPoolProfiles[1].enableEncryptionAtHost",
        pool: "apps",
        observed: true,
        value: true,
      },
    ],
    unlisted: null,
  },
  sshAccess: {
    listed: [
      {
        path: "properties.agentPoolProfiles[0].securityProfile.sshAccess",
        pool: "system",
        observed: "Disabled",
        value: "Disabled",
      },
      {
        path: "properties.agentPoolProfiles[1].securityProfile.sshAccess",
        pool: "apps",
        observed: "Disabled",
        value: "Disabled",
      },
    ],
    unlisted: null,
  },
  trustedLaunch: {
    listed: [
      {
        pool: "system",
        osType: "Linux",
        vmSize: "Standard_D4ds_v5",
        workloadRuntime: null,
        imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
        secureBoot: {
          path: "properties.agentPoolProfiles[0].securityProfile.enableSecureBoot",
          observed: true,
          value: true,
        },
        vtpm: {
          path: "properties.agentPoolProfiles[0].securityProfile.enableVTPM",
          observed: true,
          value: true,
        },
      },
      {
        pool: "apps",
        osType: "Linux",
        vmSize: "Standard_D8ds_v5",
        workloadRuntime: null,
        imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
        secureBoot: {
          path: "properties.agentPoolProfiles[1].securityProfile.enableSecureBoot",
          observed: true,
          value: true,
        },
        vtpm: {
          path: "properties.agentPoolProfiles[1].securityProfile.enableVTPM",
          observed: true,
          value: true,
        },
      },
    ],
    unlisted: null,
  },
  osDisks: {
    listed: [
      {
        pool: "system",
        osType: "Linux",
        type: {
          path: "properties.agentPoolProfiles[0].osDiskType",
          observed: "Managed",
          value: "Managed",
        },
      },
      {
        pool: "apps",
        osType: "Linux",
        type: {
          path: "properties.agentPoolProfiles[1].osDiskType",
          observed: "Managed",
          value: "Managed",
        },
      },
    ],
    unlisted: null,
  },
  networkPolicy: {
    engine: { path: "properties.networkProfile.networkPolicy", observed: "cilium", value: "cilium" },
    dataplane: { path: "properties.networkProfile.networkDataplane", observed: "cilium", value: "cilium" },
    plugin: { path: "properties.networkProfile.networkPlugin", observed: "azure", value: "azure" },
    windowsPools: { listed: [], unlisted: null },
  },
  networkPlugin: {
    plugin: { path: "properties.networkProfile.networkPlugin", observed: "azure", value: "azure" },
    mode: { path: "properties.networkProfile.networkPluginMode", observed: "overlay", value: "overlay" },
  },
  loadBalancer: {
    sku: { path: "properties.networkProfile.loadBalancerSku", observed: "standard", value: "standard" },
  },
  egress: {
    outboundType: {
      path: "properties.networkProfile.outboundType",
      observed: "userAssignedNATGateway",
      value: "userAssignedNATGateway",
    },
    subnets: {
      listed: [
        {
          path: "properties.agentPoolProfiles[0].vnetSubnetID",
          pool: "system",
          observed: hardenedSubnet,
          value: hardenedSubnet,
        },
        {
          path: "properties.agentPoolProfiles[1].vnetSubnetID",
          pool: "apps",
          observed: hardenedSubnet,
          value: hardenedSubnet,
        },
      ],
      unlisted: null,
    },
  },
  ingress: {
    httpApplicationRouting: {
      path: "properties.addonProfiles.httpApplicationRouting.enabled",
      observed: null,
      value: false,
    },
    kubeDashboard: { path: "properties.addonProfiles.kubeDashboard.enabled", observed: null, value: false },
    appRouting: { path: "properties.ingressProfile.webAppRouting.enabled", observed: null, value: false },
    nginx: {
      path: "properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType",
      observed: null,
      value: null,
    },
  },
  transitEncryption: {
    type: {
      path: "properties.networkProfile.advancedNetworking.security.transitEncryption.type",
      observed: "WireGuard",
      value: "WireGuard",
    },
    dataplane: { path: "properties.networkProfile.networkDataplane", observed: "cilium", value: "cilium" },
  },
  policyAddon: {
    enabled: { path: "properties.addonProfiles.azurepolicy.enabled", observed: true, value: true },
  },
  keyVaultDriver: {
    enabled: {
      path: "properties.addonProfiles.azureKeyvaultSecretsProvider.enabled",
      observed: true,
      value: true,
    },
    rotation: {
      path: "properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation",
      observed: "true",
      value: "true",
    },
  },
  kms: {
    enabled: { path: "properties.securityProfile.azureKeyVaultKms.enabled", observed: true, value: true },
    keyVaultAccess: {
      path: "properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess",
      observed: "Private",
      value: "Private",
    },
    infrastructure: {
      path: "properties.securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption",
      observed: null,
      value: "Disabled",
    },
  },
  imageGating: {
    enabled: {
      path: "properties.securityProfile.defender.securityGating.enabled",
      observed: null,
      value: false,
    },
  },
  imageCleaner: {
    enabled: { path: "properties.securityProfile.imageCleaner.enabled", observed: true, value: true },
  },
  metrics: {
    insights: { path: "properties.addonProfiles.omsagent.enabled", observed: true, value: true },
    insightsProfile: {
      path: "properties.azureMonitorProfile.containerInsights.enabled",
      observed: null,
      value: false,
    },
    prometheus: { path: "properties.azureMonitorProfile.metrics.enabled", observed: true, value: true },
  },
  nodeImages: [
    {
      path: "properties.agentPoolProfiles[0]",
      name: "system",
      pool: "system",
      osType: "Linux",
      osSku: "AzureLinux",
      imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
      kubernetesVersion: "1.35.6",
    },
    {
      path: "properties.agentPoolProfiles[1]",
      name: "apps",
      pool: "apps",
      osType: "Linux",
      osSku: "AzureLinux3",
      imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
      kubernetesVersion: "1.35.6",
    },
  ],
  nodeAddresses: [
    {
      path: "properties.agentPoolProfiles[0].enableNodePublicIP",
      name: "system",
      pool: "system",
      isPublic: false,
      observed: false,
    },
    {
      path: "properties.agentPoolProfiles[1].enableNodePublicIP",
      name: "apps",
      pool: "apps",
      isPublic: false,
      observed: null,
    },
  ],
  defenderSensor: {
    enabled: {
      path: "properties.securityProfile.defender.securityMonitoring.enabled",
      observed: true,
      value: true,
    },
  },
  defenderPlan: {
    tier: { path: "properties.pricingTier", observed: "Standard", value: "Standard" },
    pricingId: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`,
  },
  defenderPricings: [
    {
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`,
      plan: "Containers",
      isOwn: false,
      tier: "Standard",
      extensions: [
        { name: "ContainerRegistriesVulnerabilityAssessments", isEnabled: "True" },
        { name: "AgentlessDiscoveryForKubernetes", isEnabled: "True" },
        { name: "AgentlessVmScanning", isEnabled: "True" },
      ],
    },
    {
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/CloudPosture`,
      plan: "CloudPosture",
      isOwn: false,
      tier: "Free",
      extensions: [],
    },
  ],
  imageVulnerabilities: { isAssessed: true, counts: {}, worst: [], unplaced: 0 },
  subnetRoutes: { listed: [], unlisted: null },
  clusterAccess: { grants: [] },
  nodeGroupAccess: {
    groupId: nodeGroup,
    grants: [],
  },
  identityGrants: { nodeGroupId: nodeGroup, grants: [] },
  nodeIdentities: {
    identities: [{ path: hardenedScaleSet, principalId: principalIdOf("kubelet") }],
    grants: [],
  },
  adminGroupMembers: { groups: [{ id: adminGroup, members: { count: 2, guests: [], untold: 0 } }] },
  federatedIdentities: { identities: [], grants: [] },
  diagnosticSettings: [
    {
      path: `${hardenedCluster.id}/providers/microsoft.insights/diagnosticSettings/to-law`,
      name: "to-law",
      workspace: {
        id: `/subscriptions/${subscriptionId}/resourceGroups/rg-observability/providers/Microsoft.OperationalInsights/workspaces/law-security`,
        presence: "present",
      },
      otherDestinations: [],
      categories: ["kube-audit-admin", "guard", "kube-apiserver", "kube-controller-manager"],
      categoryGroups: [],
    },
  ],
  maintenanceWindows: {
    configurations: {
      path: `${hardenedCluster.id}/maintenanceConfigurations`,
      ...set(["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"]),
    },
  },
  trustedIssuers: {
    issuers: [],
    lists: ["trustedAccessRoleBindings", "jwtAuthenticators"].map((list) => `${hardenedCluster.id}/${list}`),
    unlisted: null,
  },
  latestImages: [],
  regionVersions: {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/westeurope/kubernetesVersions`,
    region: "westeurope",
    offered: [
      { minor: "1.31", isPreview: false, plans: ["AKSLongTermSupport"] },
      { minor: "1.32", isPreview: false, plans: ["AKSLongTermSupport"] },
      { minor: "1.33", isPreview: false, plans: ["AKSLongTermSupport"] },
      { minor: "1.34", isPreview: false, plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
      { minor: "1.35", isPreview: false, plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
      { minor: "1.36", isPreview: false, plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
      { minor: "1.37", isPreview: true, plans: ["KubernetesOfficial"] },
    ],
    unread: null,
    readOn: "2026-11-21",
  },
  safeguards: {
    level: { path: safeguardsId, observed: "Enforce", value: "Enforce" },
    podSecurityStandardsLevel: { path: safeguardsId, observed: "Restricted", value: "Restricted" },
    excludedNamespaces: [],
  },
  assignedPolicies: hardenedPolicies,
  workloadScan: hardenedScan,
  // Controls of workloads are judged by Azure Policy here unless a test looks inside.
  inspectedWorkloads: { state: "notInspected", reason: "Inspection is off." },
  namespaceIsolation: inspected([
    {
      name: "web",
      pods: 2,
      policies: [{ path: "web/NetworkPolicy/default-deny", denies: ["ingress", "egress"], allows: [] }],
    },
  ]),
  kubernetesBindings: inspected({ bindings: [], others: 40 }),
  environmentSecrets: inspected({ uses: [], isCutOff: false, workloads: 1 }),
  mountedSecrets: inspected({ uses: [], isCutOff: false, workloads: 1 }),
  podImages: inspected([
    {
      image: `contoso.azurecr.io/web@sha256:${"0123456789abcdef".repeat(4)}`,
      path: "web/Deployment/web",
      workloads: 1,
    },
  ]),
  parameters: noParameters,
};

/** The hardened cluster, everything read, changed as a test asks. */
export function snapshot(changes: Changes = {}): ClusterSnapshot {
  // `merge` lays a partial over a whole of the same shape, so the shape is the whole's.
  const facts = merge(hardenedFacts, changes) as Facts;
  const readings = Object.fromEntries(
    Object.entries(facts).map(([group, value]) => [group, collected(value)]),
  );
  // One reading per group of facts, each made of that group's own value.
  return { cluster: hardenedCluster, readings: readings as unknown as Readings };
}

/** The same snapshot with one group read otherwise. */
export function withReading<G extends FactGroup>(
  of: ClusterSnapshot,
  group: G,
  reading: Reading<Facts[G]>,
): ClusterSnapshot {
  return { ...of, readings: { ...of.readings, [group]: reading } };
}

/** A property that stands in the row. */
export function set<T>(value: T): { readonly observed: T; readonly value: T } {
  return { observed: value, value };
}

/** A property that the row lacks, with its documented default. */
export function absent<T>(value: T): { readonly observed: null; readonly value: T } {
  return { observed: null, value };
}

export function gap(changes: Partial<Gap> = {}): Gap {
  return {
    scope: hardenedCluster.id,
    reason: "accessDenied",
    detail: "Azure refused to show this.",
    remedy: "Grant the monitor the role Reader on the subscription.",
    ...changes,
  };
}

/** What the Kubernetes API showed. */
export function inspected<T>(value: T): { readonly state: "inspected"; readonly value: T } {
  return { state: "inspected", value };
}

function merge(whole: unknown, change: unknown): unknown {
  if (change === undefined) return whole;
  if (Array.isArray(change)) {
    const elements: readonly unknown[] = Array.isArray(whole) ? whole : [];
    return change.map((element: unknown, index) => merge(elements[index] ?? elements.at(-1), element));
  }
  if (!isRecord(change) || !isRecord(whole)) return change;
  return {
    ...whole,
    ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, merge(whole[key], value)])),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object id of one of the hardened cluster's identities. */
export function principalIdOf(name: "kubelet" | "cluster" | "addon"): string {
  const starts = { kubelet: "aaaa0000", cluster: "bbbb0000", addon: "cccc0000" };
  return `${starts[name]}-0000-4000-8000-000000000001`;
}

function identity(path: string, name: "kubelet" | "cluster" | "addon") {
  return { path, observed: principalIdOf(name), value: principalIdOf(name) };
}
