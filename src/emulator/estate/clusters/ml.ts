import { addonOff, privateApiServer, publicApiServer, sensorAbsent } from "../cluster-properties.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { guidOf, resourceIdOf } from "../ids.ts";
import { azureLinux3, azureLinuxOnV3, ubuntu2204, ubuntu2404 } from "../node-images.ts";
import { officeRange } from "../ranges.ts";
import { subscriptions, tenantId } from "../tenant.ts";

/** The monitor may not read the machines of this subscription: what a pool does not admit to stays unknown. */
const shared = {
  subscription: subscriptions.ml,
  location: "swedencentral",
  tags: { env: "prod", owner: "ml-research", "cost-center": "4840" },
} as const;

/** In the Defender plan by a pricing of its own, although the subscription is not. Its safeguards leave a namespace out, and a workspace has trusted access. */
export const mlTraining = {
  ...shared,
  name: "aks-ml-train-swc-01",
  resourceGroup: "rg-ml-train-swc",
  pools: [
    { name: "sys", mode: "System", image: azureLinux3 },
    {
      name: "gpu",
      image: azureLinux3,
      count: 2,
      vmSize: "Standard_NC24ads_A100_v4",
    },
  ],
  trustedAccess: [
    {
      sourceResourceId: resourceIdOf(
        subscriptions.ml.subscriptionId,
        "rg-ml-train-swc",
        "Microsoft.MachineLearningServices/workspaces",
        "mlw-train",
      ),
      roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
    },
  ],
  safeguards: { excludedNamespaces: ["training"] },
  properties: { apiServerAccessProfile: privateApiServer },
} as const satisfies ClusterSpec;

const notebooks = [
  "lab/Pod/notebook-vision-0",
  "lab/Pod/notebook-batch-0",
  "lab/Pod/notebook-shared-0",
] as const;

/**
 * A pool that admits to public addresses: that stands, machines read or not. Rights are Kubernetes' own, nothing fetches
 * secrets from a vault, and notebooks run as root, as their images were found. One of its administrators is a guest.
 * Nobody bound a role of Kubernetes to the monitor, so that only Azure Policy tells of the notebooks.
 */
export const mlNotebooks = {
  ...shared,
  name: "aks-ml-notebooks-swc-01",
  resourceGroup: "rg-ml-notebooks-swc",
  offenders: {
    users: notebooks,
    escalation: notebooks,
    capabilities: notebooks,
    rootFilesystem: notebooks,
    seccomp: notebooks.slice(0, 1),
  },
  inside: { refused: "everything" },
  tags: { env: "dev", owner: "ml-research", "cost-center": "4840" },
  pools: [
    { name: "sys", mode: "System", image: ubuntu2404, count: 2 },
    {
      name: "lab",
      image: ubuntu2404,
      count: 4,
      raw: { enableNodePublicIP: true },
    },
  ],
  addons: { azureKeyvaultSecretsProvider: addonOff },
  properties: {
    aadProfile: {
      managed: true,
      adminGroupObjectIDs: [guidOf("group ml-admins")],
      adminUsers: null,
      enableAzureRBAC: false,
      tenantID: tenantId,
    },
    apiServerAccessProfile: publicApiServer(officeRange),
    disableLocalAccounts: false,
    securityProfile: sensorAbsent,
  },
} as const satisfies ClusterSpec;

/** Node auto-provisioning whose machines nobody may read. */
export const mlServing = {
  ...shared,
  name: "aks-ml-serving-swc-01",
  resourceGroup: "rg-ml-serving-swc",
  pools: [{ name: "sys", mode: "System", image: azureLinuxOnV3 }],
  machines: [{ pool: "serving", origin: "provisioned", image: ubuntu2204 }],
  properties: {
    apiServerAccessProfile: publicApiServer(officeRange),
    nodeProvisioningProfile: { mode: "Auto", defaultNodePools: "None" },
  },
} as const satisfies ClusterSpec;
