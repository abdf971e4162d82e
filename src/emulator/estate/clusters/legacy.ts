import { blocksOfLaterVersions, privateApiServer, publicApiServer } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { azureLinuxOnV3, ubuntu1804, ubuntu2204 } from "../node-images.ts";
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

/** Of 2020: an availability set, kubenet, a basic load balancer, none of the blocks that came later. */
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
  properties: {
    ...oldProperties,
    networkProfile: {
      networkPlugin: "kubenet",
      loadBalancerSku: "basic",
      podCidr: "10.244.0.0/16",
      serviceCidr: "10.0.0.0/16",
      dnsServiceIP: "10.0.0.10",
      outboundType: "loadBalancer",
    },
  },
  without: [
    ...blocksOfLaterVersions,
    "apiServerAccessProfile",
    "disableLocalAccounts",
    "publicNetworkAccess",
    "storageProfile",
  ],
  columns: { sku: { name: "Basic", tier: "Free" }, kind: "" },
} as const satisfies ClusterSpec;

/** Stopped between month ends; judged all the same. */
export const erpReports = {
  ...shared,
  name: "aks-erp-reports-weu-01",
  resourceGroup: "rg-erp-reports-weu",
  kubernetes: "1.32.11",
  pools: [
    {
      name: "nodepool1",
      mode: "System",
      image: ubuntu2204,
      count: 0,
      raw: { powerState: { code: "Stopped" } },
    },
  ],
  properties: {
    powerState: { code: "Stopped" },
    apiServerAccessProfile: publicApiServer(officeRange),
    disableLocalAccounts: false,
    securityProfile: {},
  },
} as const satisfies ClusterSpec;

/** A row whose pool list is null: nobody can say what its nodes are. */
export const erpArchive = {
  ...shared,
  name: "aks-erp-archive-weu-01",
  resourceGroup: "rg-erp-archive-weu",
  pools: [],
  properties: {
    apiServerAccessProfile: privateApiServer,
    agentPoolProfiles: null,
  },
} as const satisfies ClusterSpec;

/** A row of wrong types, as no client should ever see one: nothing in it decides anything. */
export const erpImport = {
  ...shared,
  name: "aks-erp-import-weu-01",
  resourceGroup: "rg-erp-import-weu",
  pools: [{ name: "nodepool1", mode: "System", image: azureLinuxOnV3, count: 1 }],
  properties: {
    agentPoolProfiles: "nodepool1",
    apiServerAccessProfile: {
      enablePrivateCluster: "no",
      authorizedIPRanges: officeRange,
    },
    disableLocalAccounts: "true",
    securityProfile: { defender: { securityMonitoring: { enabled: "True" } } },
  },
} as const satisfies ClusterSpec;
