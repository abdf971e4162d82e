import { privateApiServer, privateKms, publicApiServer, sensorOff, sensorOn } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { guidOf } from "../ids.ts";
import { networkWithEngine } from "../network-profiles.ts";
import { azureLinux3, ubuntu2204, ubuntu2204Old, ubuntu2404 } from "../node-images.ts";
import { officeRange, officeRangeV6 } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.checkout,
  location: "westeurope",
  tags: { env: "prod", owner: "checkout-web", "cost-center": "4720" },
} as const;

/**
 * Narrow ranges of both address families, and the vault of its key open to all networks. Someone opens the API server
 * on the second night. A network policy that lets everything through was left behind beside the one that denies.
 */
export const checkoutProd = {
  ...shared,
  name: "aks-checkout-prod-weu-01",
  resourceGroup: "rg-checkout-prod-weu",
  kubernetes: "1.36.2",
  pools: [
    { name: "sys", mode: "System", image: ubuntu2404 },
    { name: "web", image: ubuntu2404, count: 8 },
  ],
  inside: { namespaces: [{ name: "checkout", policies: ["default-deny", "allow-all"] }] },
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange, officeRangeV6),
    securityProfile: {
      ...sensorOn,
      azureKeyVaultKms: {
        enabled: true,
        keyId: privateKms.keyId,
        keyVaultNetworkAccess: "Public",
      },
    },
  },
} as const satisfies ClusterSpec;

/**
 * The load-test cluster, taken out of the Defender plan by a pricing of its own, and without the sensor. It costs
 * nothing, `networkPolicy: none` enforces nothing, which the policies inside do not tell; its control plane and its
 * images are upgraded by hand, and its safeguards only warn. The monitor's network is peered with its own.
 */
export const checkoutLoad = {
  ...shared,
  name: "aks-checkout-load-weu-01",
  resourceGroup: "rg-checkout-load-weu",
  tags: { env: "test", owner: "checkout-web", "cost-center": "4720" },
  pools: [
    { name: "sys", mode: "System", image: ubuntu2204, count: 2 },
    { name: "load", image: ubuntu2204Old, count: 10, vmSize: "Standard_F8s_v2" },
  ],
  safeguards: { level: "Warn" },
  inside: { isPeered: true },
  properties: {
    apiServerAccessProfile: privateApiServer,
    securityProfile: sensorOff,
    networkProfile: networkWithEngine("none"),
    autoUpgradeProfile: { upgradeChannel: "none", nodeOSUpgradeChannel: "None" },
  },
  columns: { sku: { name: "Base", tier: "Free" } },
} as const satisfies ClusterSpec;

/**
 * Two ranges that together admit everyone, and local accounts never switched off: the row lacks the key, as it lacks
 * the lock on the node group. First to get what is new: tokens of a build system open it, in a preview. One engineer
 * administers it, one logs in to its machines, by roles of their own, and two hold roles of Kubernetes, one by an
 * object id, one by the name they sign in with.
 */
export const checkoutCanary = {
  ...shared,
  name: "aks-checkout-canary-neu-01",
  resourceGroup: "rg-checkout-canary-neu",
  location: "northeurope",
  tags: { env: "canary", owner: "checkout-web", "cost-center": "4720" },
  grants: [
    { to: { user: "checkout-engineer" }, role: "clusterAdmin", at: "/namespaces/checkout" },
    { to: { user: "checkout-operator" }, role: "virtualMachineContributor", at: "nodeGroup" },
  ],
  inside: {
    bindings: [
      {
        name: "canary-debug",
        namespace: "checkout",
        role: "edit",
        subjects: [{ user: guidOf("user checkout-engineer") }, { group: guidOf("group checkout-web") }],
      },
      { name: "release-watch", role: "view", subjects: [{ user: "release-oncall@contoso.example" }] },
    ],
  },
  jwtAuthenticators: [
    {
      issuer: { url: "https://tokens.contoso.example/build", audiences: ["aks-checkout-canary"] },
      claimMappings: { username: { expression: "'aks:jwt:' + claims.sub" } },
    },
  ],
  pools: [{ name: "sys", mode: "System", image: azureLinux3, count: 2 }],
  properties: {
    apiServerAccessProfile: publicApiServer("0.0.0.0/1", "128.0.0.0/1"),
    autoUpgradeProfile: { upgradeChannel: "rapid", nodeOSUpgradeChannel: "SecurityPatch" },
  },
  without: ["disableLocalAccounts", "nodeResourceGroupProfile"],
} as const satisfies ClusterSpec;

/** The same cluster deleted and made again under the same id: the ranges are right now, the local accounts are not. */
export const checkoutCanaryAgain = {
  ...checkoutCanary,
  incarnation: 2,
  properties: { ...checkoutCanary.properties, apiServerAccessProfile: publicApiServer(officeRange) },
} as const satisfies ClusterSpec;
