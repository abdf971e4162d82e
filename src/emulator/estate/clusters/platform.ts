import { privateApiServer, publicApiServer, sensorOn } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { routedNetwork } from "../network-profiles.ts";
import { azureLinux3, azureLinux3Newer, azureLinuxOnV3 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions, tenantId } from "../tenant.ts";

const shared = {
  subscription: subscriptions.platform,
  location: "westeurope",
  tags: { env: "prod", owner: "platform-engineering", "cost-center": "4600" },
} as const;

/**
 * The platform team's own: private, its API server in the network, and a pool on ephemeral disks, which Defender does not scan.
 * A member of a Fleet that one person administers.
 */
export const platformHub = {
  ...shared,
  name: "aks-platform-hub-weu-01",
  resourceGroup: "rg-platform-hub-weu",
  kubernetes: "1.36.2",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    { name: "infra", image: azureLinux3, count: 5, raw: { osDiskType: "Ephemeral" } },
  ],
  properties: {
    apiServerAccessProfile: {
      ...privateApiServer,
      enableVnetIntegration: true,
    },
  },
} as const satisfies ClusterSpec;

/** The same after the weekly node image. */
export const platformHubRolled = {
  ...platformHub,
  pools: platformHub.pools.map((pool) => ({ ...pool, image: azureLinux3Newer })),
} as const satisfies ClusterSpec;

/**
 * One service tag that is not all of Azure, and routes that lead out by a firewall. The sensor goes off on the second
 * night. Its build agents administer the cluster, take tokens from their environment, and answer to no network policy.
 */
export const platformCi = {
  ...shared,
  name: "aks-platform-ci-weu-01",
  resourceGroup: "rg-platform-ci-weu",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    {
      name: "agents",
      image: azureLinux3,
      count: 9,
      vmSize: "Standard_D8ds_v5",
    },
  ],
  route: { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.100.0.4" },
  inside: {
    namespaces: [
      {
        name: "agents",
        policies: [],
        workloads: [
          {
            kind: "StatefulSet",
            name: "agent",
            replicas: 3,
            container: { envFrom: [{ secretRef: { name: "agent-pool" } }] },
          },
        ],
      },
    ],
    bindings: [
      {
        name: "agents",
        role: "cluster-admin",
        subjects: [{ serviceAccount: "agent", namespace: "agents" }],
      },
    ],
  },
  properties: {
    apiServerAccessProfile: publicApiServer("AzureDevOps", officeRange),
    networkProfile: routedNetwork,
  },
} as const satisfies ClusterSpec;

/**
 * The service tag `AzureCloud`: everyone who rents a machine in Azure. The channel `node-image` renews the nodes and
 * leaves Kubernetes behind, Defender finds old libraries in what runs, and metrics go by an add-on in a template's
 * casing alone. What gathers them reaches the nodes through the API server. One policy of Cilium's denies for the whole
 * cluster, so that no namespace has one of its own.
 */
export const platformObservability = {
  ...shared,
  name: "aks-platform-obs-weu-01",
  resourceGroup: "rg-platform-obs-weu",
  addonCasing: "template",
  inside: {
    clusterPolicies: ["cilium-default-deny"],
    namespaces: [{ name: "platform", policies: ["allow-web"] }],
    bindings: [
      {
        name: "prometheus",
        role: {
          name: "prometheus",
          rules: [
            { apiGroups: [""], resources: ["nodes", "pods", "services"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
          ],
        },
        subjects: [{ serviceAccount: "prometheus", namespace: "platform" }],
      },
    ],
  },
  vulnerabilities: [
    { software: "openssl", severity: "Critical", cves: { "CVE-2026-0001": 9.8, "CVE-2026-0002": 7.5 } },
    { software: "golang.org/x/net", severity: "High", cves: { "CVE-2026-0003": 8.1 } },
    { software: "busybox", severity: "Medium", cves: { "CVE-2026-0004": 5.3 } },
    { software: "zlib", severity: "High", cves: { "CVE-2026-0005": 8.8 }, status: "Healthy" },
  ],
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV3 },
    {
      name: "metrics",
      image: azureLinuxOnV3,
      count: 4,
      vmSize: "Standard_E4ds_v5",
    },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer("AzureCloud", officeRange),
    autoUpgradeProfile: { upgradeChannel: "node-image" },
    azureMonitorProfile: null,
  },
} as const satisfies ClusterSpec;

/**
 * AKS Automatic with hosted system pools: no pool is listed, only machines tell what runs. Azure's own key encrypts its
 * secrets, its safeguards stand where Automatic puts them, and no group administers it: Azure roles do.
 */
export const platformAutomatic = {
  ...shared,
  name: "aks-platform-auto-neu-01",
  resourceGroup: "rg-platform-auto-neu",
  location: "northeurope",
  kubernetes: "1.36.2",
  pools: [],
  machines: [
    { pool: "default", origin: "provisioned", image: azureLinux3 },
    { pool: "default", origin: "provisioned", image: azureLinux3 },
  ],
  safeguards: { podSecurityStandardsLevel: "Baseline" },
  properties: {
    aadProfile: {
      managed: true,
      adminGroupObjectIDs: null,
      adminUsers: null,
      enableAzureRBAC: true,
      tenantID: tenantId,
    },
    apiServerAccessProfile: {
      ...publicApiServer(officeRange),
      enableVnetIntegration: true,
    },
    securityProfile: {
      defender: sensorOn.defender,
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
      kubernetesResourceObjectEncryptionProfile: { infrastructureEncryption: "Enabled" },
    },
    hostedSystemProfile: { enabled: true },
    nodeProvisioningProfile: { mode: "Auto", defaultNodePools: "Auto" },
  },
  columns: { sku: { name: "Automatic", tier: "Standard" } },
} as const satisfies ClusterSpec;
