import { blocksOfLaterVersions, privateApiServer, publicApiServer } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { guidOf } from "../ids.ts";
import { oldNetwork } from "../network-profiles.ts";
import { azureLinuxOnV3, ubuntu1804, ubuntu2004Fips } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.legacy,
  location: "westeurope",
  tags: { env: "prod", owner: "erp-operations", "cost-center": "3100" },
} as const;

const oldProperties = {
  addonProfiles: {
    httpApplicationRouting: { enabled: false, config: null },
    omsAgent: { enabled: false, config: null },
    kubeDashboard: { enabled: false, config: null },
  },
  aadProfile: null,
  autoUpgradeProfile: null,
} as const;

/**
 * Of 2020: an availability set, kubenet, a basic load balancer, the dashboard, a service principal, none of the blocks
 * that came later. Its logs go to a workspace that is gone.
 */
export const erpApp = {
  ...shared,
  name: "aks-erp-app-weu-01",
  resourceGroup: "RG-ERP-APP-WEU",
  kubernetes: "1.27.9",
  pools: [
    {
      name: "agentpool",
      mode: "System",
      image: ubuntu1804,
      type: "AvailabilitySet",
      count: 2,
      without: ["securityProfile", "enableFIPS", "enableUltraSSD", "scaleDownMode"],
    },
  ],
  machines: [
    { pool: "agentpool", origin: "availabilitySet", image: ubuntu1804 },
    { pool: "agentpool", origin: "availabilitySet", image: ubuntu1804 },
  ],
  diagnostics: [{ name: "to-law", workspace: "law-erp", categories: ["kube-audit", "guard"] }],
  properties: {
    ...oldProperties,
    addonProfiles: {
      ...oldProperties.addonProfiles,
      kubeDashboard: { enabled: true, config: null },
    },
    networkProfile: oldNetwork,
    servicePrincipalProfile: { clientId: guidOf("erp-app service principal") },
  },
  without: [
    ...blocksOfLaterVersions,
    "apiServerAccessProfile",
    "disableLocalAccounts",
    "publicNetworkAccess",
    "storageProfile",
  ],
  safeguards: null,
  columns: { sku: { name: "Basic", tier: "Free" }, kind: "", identity: null },
} as const satisfies ClusterSpec;

/** Stopped between month ends; judged all the same. Ubuntu 20.04 has some months left. */
export const erpReports = {
  ...shared,
  name: "aks-erp-reports-weu-01",
  resourceGroup: "rg-erp-reports-weu",
  safeguards: null,
  kubernetes: "1.32.11",
  pools: [
    {
      name: "nodepool1",
      mode: "System",
      image: ubuntu2004Fips,
      count: 0,
      raw: { powerState: { code: "Stopped" }, enableFIPS: true },
    },
  ],
  properties: {
    powerState: { code: "Stopped" },
    apiServerAccessProfile: publicApiServer(officeRange),
    disableLocalAccounts: false,
    securityProfile: {},
  },
} as const satisfies ClusterSpec;

/** A row whose pool list is null: nobody can say what its nodes are. Nor does it say whether roles rule in it, as every row should. */
export const erpArchive = {
  ...shared,
  name: "aks-erp-archive-weu-01",
  resourceGroup: "rg-erp-archive-weu",
  pools: [],
  properties: {
    apiServerAccessProfile: privateApiServer,
    agentPoolProfiles: null,
  },
  without: ["enableRBAC"],
} as const satisfies ClusterSpec;

/** A row of wrong types, as no client should ever see one: nothing in it decides anything. */
export const erpImport = {
  ...shared,
  name: "aks-erp-import-weu-01",
  resourceGroup: "rg-erp-import-weu",
  pools: [{ name: "nodepool1", mode: "System", image: azureLinuxOnV3, count: 1 }],
  properties: {
    kubernetesVersion: 1.35,
    currentKubernetesVersion: 1.35,
    agentPoolProfiles: "nodepool1",
    apiServerAccessProfile: "private",
    servicePrincipalProfile: "msi",
    aadProfile: "managed",
    addonProfiles: ["azureKeyvaultSecretsProvider", "azurepolicy"],
    autoUpgradeProfile: "patch",
    disableLocalAccounts: "true",
    enableRBAC: "true",
    networkProfile: "azure",
    nodeResourceGroupProfile: "ReadOnly",
    oidcIssuerProfile: "issuer",
    podIdentityProfile: { enabled: "false" },
    securityProfile: "defender",
  },
  safeguards: { level: ["Enforce"] },
  trustedAccess: [{ sourceResourceId: null, roles: "admin" }],
  columns: { sku: { name: "Base", tier: ["Standard"] } },
} as const satisfies ClusterSpec;
