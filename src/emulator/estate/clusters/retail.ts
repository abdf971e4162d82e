import { addonOff, privateApiServer, publicApiServer, sensorOff } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { networkWithEngine } from "../network-profiles.ts";
import { azureLinux3, azureLinux3Arm, ubuntu2204, windows2022 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.retail,
  location: "westeurope",
  tags: { env: "prod", owner: "retail-systems", "cost-center": "4910" },
} as const;

/** A pool of single machines with their network interfaces, all in order. */
export const retailStores = {
  ...shared,
  name: "aks-retail-stores-weu-01",
  resourceGroup: "rg-retail-stores-weu",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    { name: "stores", image: azureLinux3, type: "VirtualMachines", count: 2 },
  ],
  machines: [
    { pool: "stores", origin: "pool", image: azureLinux3 },
    { pool: "stores", origin: "pool", image: azureLinux3 },
  ],
  properties: { apiServerAccessProfile: privateApiServer },
} as const satisfies ClusterSpec;

/**
 * No `apiServerAccessProfile` at all, which is open to everyone and lets commands be run, and local accounts until the
 * second night. Azure Policy was switched off and stands in the row as it was left; without it there are no safeguards.
 * Of its logs the group `audit` alone is kept. Its network policy denies what comes in and nothing that goes out.
 */
export const retailPos = {
  ...shared,
  name: "aks-retail-pos-weu-01",
  resourceGroup: "rg-retail-pos-weu",
  kubernetes: "1.33.13",
  tags: { env: "prod", owner: "retail-tills", "cost-center": "4911" },
  pools: [
    { name: "sys", mode: "System", image: ubuntu2204 },
    { name: "tills", image: ubuntu2204, count: 4 },
  ],
  addons: { azurepolicy: addonOff },
  diagnostics: [{ name: "to-law", workspace: "law-operations", categoryGroups: ["audit"] }],
  inside: { namespaces: [{ name: "retail", policies: ["deny-ingress", "allow-web"] }] },
  safeguards: null,
  properties: { disableLocalAccounts: false },
  without: ["apiServerAccessProfile"],
} as const satisfies ClusterSpec;

/**
 * API-server VNet integration alone: the endpoint stays public. Ubuntu and Windows side by side, and Azure's own engine
 * of network policies, which is no longer supported on Windows. An agency's banner comes from a registry of its
 * own and runs in the namespace that nobody chose. Whoever leads a shift
 * fetches an administrator's credentials, by a role of the company's own.
 */
export const retailPromo = {
  ...shared,
  name: "aks-retail-promo-weu-01",
  resourceGroup: "rg-retail-promo-weu",
  offenders: {
    images: ["default/Pod/banner-6d9f7"],
    defaultNamespace: ["default/Pod/banner-6d9f7", "default/Service/banner"],
    tokens: ["default/Pod/banner-6d9f7"],
  },
  pools: [
    { name: "sys", mode: "System", image: ubuntu2204, count: 2 },
    { name: "win", image: windows2022, count: 2, raw: { securityProfile: {} } },
  ],
  grants: [{ to: { user: "retail-shift-lead" }, role: "shiftOperator", at: "group" }],
  properties: {
    apiServerAccessProfile: {
      enablePrivateCluster: false,
      enableVnetIntegration: true,
      subnetId: `/subscriptions/${subscriptions.retail.subscriptionId}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-retail-promo-weu/subnets/snet-aks-api`,
      disableRunCommand: true,
    },
    networkProfile: networkWithEngine("azure"),
    windowsProfile: { adminUsername: "azureuser", enableCSIProxy: true },
  },
} as const satisfies ClusterSpec;

/** Without the sensor, on Arm machines that know no trusted launch; on the second night Resource Graph leaves it out although it is still there. */
export const retailPartner = {
  ...shared,
  name: "aks-retail-partner-neu-01",
  resourceGroup: "rg-retail-partner-neu",
  location: "northeurope",
  tags: { env: "prod", owner: "retail-partners", "cost-center": "4912" },
  pools: [
    {
      name: "sys",
      mode: "System",
      image: azureLinux3Arm,
      vmSize: "Standard_D4pds_v6",
      raw: { securityProfile: { sshAccess: "Disabled", enableVTPM: false, enableSecureBoot: false } },
    },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    securityProfile: sensorOff,
  },
} as const satisfies ClusterSpec;

/**
 * In Azure China, where the Defender plan is no more and its version is not offered for as long as elsewhere. Nobody
 * measures it, and the monitor may not look whether the workspace of its logs is there.
 */
export const retailChina = {
  ...shared,
  subscription: subscriptions.china,
  name: "aks-retail-cn3-01",
  resourceGroup: "rg-retail-cn3",
  location: "chinanorth3",
  kubernetes: "1.34.9",
  tags: { env: "prod", owner: "retail-china", "cost-center": "4990" },
  pools: [{ name: "sys", mode: "System", image: ubuntu2204 }],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    securityProfile: null,
    azureMonitorProfile: null,
  },
} as const satisfies ClusterSpec;
