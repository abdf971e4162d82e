import { blocksOfLaterVersions, privateApiServer, publicApiServer } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { guidOf } from "../ids.ts";
import { routedNetwork } from "../network-profiles.ts";
import { azureLinux3, azureLinuxOnV2, azureLinuxOnV3, cblMariner, ubuntu2204 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions, tenantId } from "../tenant.ts";

const shared = {
  subscription: subscriptions.data,
  location: "westeurope",
  tags: { env: "prod", owner: "data-platform", "cost-center": "4802" },
} as const;

/** Without limits, and as many as Azure Policy lists at most. */
const executors = Array.from(
  { length: 500 },
  (_, index) => `spark/Pod/exec-${String(index).padStart(4, "0")}`,
);

/** `::/0`: nobody thought of IPv6. `osSKU: AzureLinux` on both pools, 3.0 by their images, which no channel of AKS renews. Its routes lie in a network the monitor may not see. Its kubelet may change all that lies in its group, its operator may do anything in the cluster, and its images go by their tags. */
export const dataSpark = {
  ...shared,
  name: "aks-data-spark-weu-01",
  resourceGroup: "rg-data-spark-weu",
  offenders: { limits: executors },
  inside: {
    namespaces: [
      {
        name: "spark",
        workloads: [
          { kind: "Deployment", name: "operator", image: "contoso.azurecr.io/spark-operator:2.3.0" },
        ],
      },
      {
        name: "data",
        workloads: [{ kind: "CronJob", name: "compaction", image: "contoso.azurecr.io/spark:3.5.4" }],
      },
    ],
    bindings: [
      {
        name: "spark-operator",
        role: {
          name: "spark-operator",
          rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
        },
        subjects: [{ serviceAccount: "operator", namespace: "spark" }],
      },
    ],
  },
  kubernetes: "1.34.9",
  grants: [{ to: "kubelet", role: "contributor", at: "group" }],
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV3 },
    {
      name: "exec",
      image: azureLinuxOnV3,
      count: 12,
      vmSize: "Standard_E8ds_v5",
    },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange, "::/0"),
    autoUpgradeProfile: { upgradeChannel: "stable", nodeOSUpgradeChannel: "Unmanaged" },
    networkProfile: routedNetwork,
  },
} as const satisfies ClusterSpec;

/** `osSKU: AzureLinux` as above, 2.0 by the image. Of the tier above Standard, for the long-term support. Its routes lead straight to the Internet. */
export const dataStream = {
  ...shared,
  name: "aks-data-stream-weu-01",
  resourceGroup: "rg-data-stream-weu",
  kubernetes: "1.31.11",
  pools: [
    { name: "sys", mode: "System", image: azureLinuxOnV2 },
    {
      name: "kafka",
      image: azureLinuxOnV2,
      count: 5,
      vmSize: "Standard_L8s_v3",
    },
  ],
  route: { nextHopType: "Internet" },
  properties: {
    apiServerAccessProfile: privateApiServer,
    supportPlan: "AKSLongTermSupport",
    networkProfile: routedNetwork,
  },
  columns: { sku: { name: "Base", tier: "Premium" } },
} as const satisfies ClusterSpec;

/** A pool whose machines never came: no scale set yet, and no image name to tell which Azure Linux it would run. The monitor has the built-in role inside alone: no roles, no bindings, no custom resources. */
export const dataLake = {
  ...shared,
  name: "aks-data-lake-neu-01",
  resourceGroup: "rg-data-lake-neu",
  location: "northeurope",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    {
      name: "spot",
      image: azureLinuxOnV3,
      count: 0,
      scaleSet: "missing",
      raw: {
        provisioningState: "Failed",
        scaleSetPriority: "Spot",
        scaleSetEvictionPolicy: "Delete",
      },
      without: ["nodeImageVersion"],
    },
  ],
  inside: { refused: "rolesAndCustomResources" },
  properties: { apiServerAccessProfile: publicApiServer(officeRange) },
} as const satisfies ClusterSpec;

/**
 * An old row without the blocks of later years; CBL-Mariner still, Entra through an application of its own, pod
 * identity, and a service principal. Deleted before the second night.
 */
export const dataEtl = {
  ...shared,
  name: "aks-data-etl-weu-01",
  resourceGroup: "rg-data-etl-weu",
  kubernetes: "1.28.15",
  tags: {
    env: "prod",
    owner: "data-platform",
    "cost-center": "4802",
    retire: "2026-11",
  },
  pools: [
    {
      name: "nodepool1",
      mode: "System",
      image: cblMariner,
      without: ["securityProfile"],
    },
  ],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    servicePrincipalProfile: { clientId: guidOf("data-etl service principal") },
    aadProfile: {
      clientAppID: guidOf("data-etl client application"),
      serverAppID: guidOf("data-etl server application"),
      tenantID: tenantId,
    },
    podIdentityProfile: { enabled: true },
  },
  without: [...blocksOfLaterVersions, "disableLocalAccounts", "publicNetworkAccess"],
  safeguards: null,
  columns: { sku: { name: "Basic", tier: "Free" }, kind: "", identity: null },
} as const satisfies ClusterSpec;

/**
 * `publicNetworkAccess: Disabled` on a cluster that is not private: nobody documents what that closes. The second pool
 * does not say that its hosts encrypt. Of two namespaces one has no network policy at all, and what runs there is
 * whatever was built last.
 */
export const dataShare = {
  ...shared,
  name: "aks-data-share-weu-01",
  resourceGroup: "rg-data-share-weu",
  pools: [
    { name: "sys", mode: "System", image: ubuntu2204, count: 2 },
    { name: "apps", image: ubuntu2204, without: ["enableEncryptionAtHost"] },
  ],
  inside: {
    namespaces: [
      {
        name: "exchange",
        policies: [],
        workloads: [
          {
            kind: "Deployment",
            name: "inbox",
            replicas: 2,
            image: "contoso.azurecr.io/exchange/inbox:latest",
          },
          { kind: "DaemonSet", name: "shipper", image: "contoso.azurecr.io/exchange/shipper" },
        ],
      },
    ],
  },
  properties: {
    apiServerAccessProfile: publicApiServer(),
    publicNetworkAccess: "Disabled",
    disableLocalAccounts: false,
  },
} as const satisfies ClusterSpec;
