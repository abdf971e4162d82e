import { publicApiServer, sensorOn } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import type { MachineSpec } from "../machine-rows.ts";
import { azureLinux3, azureLinuxOnV2, azureLinuxOnV3, ubuntu2204 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions } from "../tenant.ts";

const shared = {
  subscription: subscriptions.search,
  location: "westeurope",
  tags: { env: "prod", owner: "search-core", "cost-center": "4735" },
} as const;

const autoProvisioning = { mode: "Auto", defaultNodePools: "Auto" } as const;

const goodMachines = [
  { pool: "default", origin: "provisioned", image: azureLinux3 },
  { pool: "default", origin: "provisioned", image: azureLinux3 },
  { pool: "memory", origin: "provisioned", image: ubuntu2204 },
] as const satisfies readonly MachineSpec[];

/** Node auto-provisioning, and every machine it made is in order. The sensor is on although the plan is off. */
export const searchProd = {
  ...shared,
  name: "aks-search-prod-neu-01",
  resourceGroup: "rg-search-prod-neu",
  location: "northeurope",
  pools: [{ name: "sys", mode: "System", image: azureLinux3 }],
  machines: goodMachines,
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    nodeProvisioningProfile: autoProvisioning,
    securityProfile: sensorOn,
  },
} as const satisfies ClusterSpec;

/**
 * Node auto-provisioning: the listed pool is in order, one machine runs Azure Linux 2.0, another holds a public
 * address. Private, and its row does not say that it gave up its public name, which private clusters are made with.
 * Its crawler acts as an identity that may do anything in the subscription.
 */
export const searchIndex = {
  ...shared,
  name: "aks-search-index-weu-01",
  resourceGroup: "rg-search-index-weu",
  workloadIdentities: [
    {
      name: "id-search-crawler",
      subject: "system:serviceaccount:ingest:crawler",
      role: "contributor",
      at: "subscription",
    },
  ],
  pools: [{ name: "sys", mode: "System", image: azureLinux3 }],
  machines: [
    { pool: "default", origin: "provisioned", image: azureLinuxOnV3 },
    {
      pool: "pinned",
      origin: "provisioned",
      image: { ...azureLinuxOnV2, version: "202504.22.0" },
    },
    {
      pool: "ingest",
      origin: "provisioned",
      image: azureLinuxOnV3,
      isAddressed: true,
    },
  ],
  properties: {
    apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: "system", disableRunCommand: true },
    nodeProvisioningProfile: autoProvisioning,
  },
} as const satisfies ClusterSpec;

/** Made between the first and the second night, in a hurry: open to all, with local accounts, and images by their tags. */
export const searchVector = {
  ...shared,
  name: "aks-search-vector-weu-01",
  resourceGroup: "rg-search-vector-weu",
  kubernetes: "1.36.2",
  tags: { env: "dev", owner: "search-core", "cost-center": "4735" },
  pools: [{ name: "nodepool1", mode: "System", image: azureLinux3, count: 2 }],
  inside: {
    namespaces: [
      {
        name: "search",
        workloads: [{ kind: "Deployment", name: "vectors", image: "contoso.azurecr.io/vectors:0.4" }],
      },
    ],
  },
  properties: { apiServerAccessProfile: null, disableLocalAccounts: false },
} as const satisfies ClusterSpec;
