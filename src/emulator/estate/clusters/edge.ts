import { privateApiServer, publicApiServer, sensorOff } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { resourceIdOf } from "../ids.ts";
import { broughtNetwork, networkWithEngine } from "../network-profiles.ts";
import { azureLinux3, azureLinuxOnV3, ubuntu2204, ubuntu2404 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.edge,
  location: "westeurope",
  tags: { env: "prod", owner: "edge-delivery", "cost-center": "4750" },
} as const;

/** A public IP prefix on one pool; the row says nothing of `enableNodePublicIP`. It brought its own network plugin, of which Azure knows nothing. The monitor was given no right to its credential. */
export const edgePop = {
  ...shared,
  name: "aks-edge-pop-weu-01",
  resourceGroup: "rg-edge-pop-weu",
  nodeResourceGroup: "rg-edge-pop-weu-nodes",
  inside: { isCredentialRefused: true },
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    {
      name: "pop",
      image: azureLinux3,
      count: 4,
      raw: {
        nodePublicIPPrefixID: resourceIdOf(
          subscriptions.edge.subscriptionId,
          "rg-edge-pop-weu",
          "Microsoft.Network/publicIPPrefixes",
          "ippre-edge-pop-weu",
        ),
      },
      without: ["enableNodePublicIP"],
    },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange, "192.0.2.64/28"),
    networkProfile: broughtNetwork,
  },
} as const satisfies ClusterSpec;

/** Its profile denies public addresses, its scale set hands them out. Put right before the second night. Private, and known by a public name. */
export const edgeCache = {
  ...shared,
  name: "aks-edge-cache-weu-01",
  resourceGroup: "rg-edge-cache-weu",
  pools: [
    { name: "sys", mode: "System", image: ubuntu2404 },
    { name: "cache", image: ubuntu2404, count: 6, scaleSet: "addressed" },
  ],
  properties: {
    apiServerAccessProfile: { ...privateApiServer, enablePrivateClusterPublicFQDN: true },
  },
} as const satisfies ClusterSpec;

/** The same with the scale set put right. */
export const edgeCacheRepaired = {
  ...edgeCache,
  pools: [
    { name: "sys", mode: "System", image: ubuntu2404 },
    { name: "cache", image: ubuntu2404, count: 6 },
  ],
} as const satisfies ClusterSpec;

/** Read the cameras through the devices of their node. */
const capture = ["cameras/Pod/capture-2fq7w", "cameras/Pod/capture-x8bnl"] as const;

/** A pool of single machines, which take keys of local users, and one of which was given a public address by hand. Its logs are kept in a storage account, unread, and its nodes may push images. */
export const edgeCameras = {
  ...shared,
  name: "aks-edge-cameras-sea-01",
  resourceGroup: "rg-edge-cameras-sea",
  offenders: {
    privileged: capture,
    escalation: capture,
    hostNamespaces: capture,
    hostPorts: capture,
    hostPaths: capture,
    volumeTypes: capture,
  },
  location: "southeastasia",
  tags: { env: "prod", owner: "edge-devices", "cost-center": "4751" },
  pools: [
    { name: "sys", mode: "System", image: ubuntu2204, count: 2 },
    {
      name: "cam",
      image: ubuntu2204,
      type: "VirtualMachines",
      count: 2,
      raw: {
        securityProfile: { sshAccess: "LocalUser", enableVTPM: true, enableSecureBoot: true },
      },
    },
  ],
  diagnostics: [
    {
      name: "to-storage",
      storageAccountId: resourceIdOf(
        subscriptions.edge.subscriptionId,
        "rg-edge-cameras-sea",
        "Microsoft.Storage/storageAccounts",
        "stedgecamerassea",
      ),
      categoryGroups: ["allLogs"],
    },
  ],
  grants: [{ to: "kubelet", role: "acrPush", at: "registry" }],
  machines: [
    { pool: "cam", origin: "pool", image: ubuntu2204 },
    { pool: "cam", origin: "pool", image: ubuntu2204, isAddressed: true },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    securityProfile: sensorOff,
  },
} as const satisfies ClusterSpec;

/** In order on the first night. Calico denies for the whole cluster, and no namespace has a policy of its own. */
export const edgeCdn = {
  ...shared,
  name: "aks-edge-cdn-neu-01",
  resourceGroup: "rg-edge-cdn-neu",
  location: "northeurope",
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV3 },
    { name: "cdn", image: azureLinuxOnV3, count: 8 },
  ],
  inside: {
    clusterPolicies: ["calico-default-deny"],
    namespaces: [{ name: "edge", policies: ["allow-dns"] }],
  },
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    networkProfile: networkWithEngine("calico"),
  },
} as const satisfies ClusterSpec;

/** On the second night a new pool gives each of its nodes a public address. */
export const edgeCdnExposed = {
  ...edgeCdn,
  pools: [
    ...edgeCdn.pools,
    {
      name: "probe",
      image: azureLinuxOnV3,
      count: 2,
      raw: { enableNodePublicIP: true },
    },
  ],
} as const satisfies ClusterSpec;
