import { privateApiServer, publicApiServer, sensorOff } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { azureLinux3, ubuntu2404 } from "../node-images.ts";
import { providerRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

/** Marketing: readable on the first night, refused on the second. */
const marketing = {
  subscription: subscriptions.marketing,
  location: "westeurope",
  tags: { env: "prod", owner: "marketing-web", "cost-center": "5200" },
} as const;

/** The sandbox subscription: deleted outright before the second night. */
const sandbox = {
  subscription: subscriptions.sandbox,
  location: "westeurope",
  tags: { env: "sandbox", owner: "engineering-sandbox", "cost-center": "4699" },
} as const;

/** Local accounts on and no sensor: two findings that the second night cannot read. Its one range is half a provider. */
export const marketingWeb = {
  ...marketing,
  name: "aks-mkt-web-weu-01",
  resourceGroup: "rg-mkt-web-weu",
  safeguards: null,
  pools: [
    { name: "sys", mode: "System", image: ubuntu2404, count: 2 },
    { name: "web", image: ubuntu2404, count: 3 },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(providerRange),
    disableLocalAccounts: false,
    securityProfile: sensorOff,
  },
} as const satisfies ClusterSpec;

/** `0.0.0.0/32`, the cluster's own egress alone, which cuts the monitor off as well; and a running pool whose scale set Resource Graph does not show. */
export const marketingCms = {
  ...marketing,
  name: "aks-mkt-cms-neu-01",
  resourceGroup: "rg-mkt-cms-neu",
  location: "northeurope",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    { name: "cms", image: azureLinux3, scaleSet: "missing" },
  ],
  inside: { isClosed: true },
  properties: { apiServerAccessProfile: publicApiServer("0.0.0.0/32") },
} as const satisfies ClusterSpec;

/**
 * Everything a sandbox gets wrong: an empty list of ranges, local accounts, no roles, nodes on the internet, an ingress
 * of old, no maintenance windows, no Defender, no logs.
 */
export const sandboxPlay = {
  ...sandbox,
  name: "aks-sbx-play-weu-01",
  resourceGroup: "rg-sbx-play-weu",
  safeguards: null,
  pools: [
    {
      name: "nodepool1",
      mode: "System",
      image: ubuntu2404,
      count: 1,
      raw: { enableNodePublicIP: true },
    },
  ],
  diagnostics: [],
  maintenance: [],
  addons: {
    httpApplicationRouting: {
      enabled: true,
      config: { HTTPApplicationRoutingZoneName: "7e0000000000.westeurope.aksapp.io" },
    },
  },
  properties: {
    apiServerAccessProfile: {
      authorizedIPRanges: [],
      enablePrivateCluster: false,
    },
    disableLocalAccounts: false,
    enableRBAC: false,
    aadProfile: null,
    securityProfile: {},
  },
  columns: { sku: { name: "Base", tier: "Free" } },
} as const satisfies ClusterSpec;

/** A cluster that lists no pool, has no machine and runs nothing: an empty set passes nothing. Only Defender gates its images, by rules nobody shows. */
export const sandboxHack = {
  ...sandbox,
  name: "aks-sbx-hack-weu-01",
  resourceGroup: "rg-sbx-hack-weu",
  inside: { isEmpty: true },
  safeguards: null,
  pools: [],
  properties: {
    apiServerAccessProfile: {
      authorizedIPRanges: null,
      enablePrivateCluster: false,
    },
    securityProfile: { workloadIdentity: { enabled: true }, defender: { securityGating: { enabled: true } } },
  },
} as const satisfies ClusterSpec;

/** In a subscription that refuses the monitor from the start: nobody ever hears of it. */
export const loyaltyCore = {
  subscription: subscriptions.loyalty,
  location: "westeurope",
  tags: { env: "prod", owner: "loyalty-partners", "cost-center": "5300" },
  name: "aks-loyalty-core-weu-01",
  resourceGroup: "rg-loyalty-core-weu",
  pools: [{ name: "sys", mode: "System", image: azureLinux3 }],
  properties: { apiServerAccessProfile: privateApiServer },
} as const satisfies ClusterSpec;
