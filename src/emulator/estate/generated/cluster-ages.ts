import { blocksOfLaterVersions } from "../cluster-properties.ts";
import { tenantId } from "../tenant.ts";
import type { RawObject } from "../world.ts";

/** What a cluster's row looks like by the years in which it was made and last written. */
export interface ClusterAge {
  readonly versions: readonly string[];
  /** Laid over `properties`. */
  readonly properties: RawObject;
  /** Keys of `properties` that rows of this age lack. */
  readonly without: readonly string[];
  /** Keys of a pool's profile that rows of this age lack. */
  readonly poolWithout: readonly string[];
  /** The identity is the cluster's own instead of one made beforehand. */
  readonly isSystemAssigned: boolean;
  readonly columns: RawObject;
}

/** `securityProfile` decides a control and is left to whoever makes the cluster. */
const blocksThatDecideNothing = blocksOfLaterVersions.filter((block) => block !== "securityProfile");

/** What an agent pool of 2021 did not have yet. */
const laterPoolKeys = [
  "availabilityZones",
  "nodeLabels",
  "securityProfile",
  "upgradeSettings",
  "vnetSubnetID",
];

const network = {
  loadBalancerSku: "standard",
  serviceCidr: "10.0.0.0/16",
  dnsServiceIP: "10.0.0.10",
  outboundType: "loadBalancer",
} as const;

const recent: ClusterAge = {
  versions: ["1.35.6", "1.35.4", "1.34.9"],
  properties: {},
  without: [],
  // The subnet is AKS's own.
  poolWithout: ["availabilityZones", "vnetSubnetID"],
  isSystemAssigned: false,
  columns: {},
};

const settled: ClusterAge = {
  versions: ["1.34.9", "1.33.11", "1.32.11"],
  properties: {
    addonProfiles: {
      azurepolicy: { enabled: false, config: null },
      omsagent: { enabled: false, config: null },
    },
    networkProfile: {
      networkPlugin: "azure",
      networkPolicy: "calico",
      ...network,
      loadBalancerProfile: { managedOutboundIPs: { count: 1 } },
    },
  },
  without: blocksThatDecideNothing.filter((block) => block !== "oidcIssuerProfile"),
  poolWithout: laterPoolKeys,
  isSystemAssigned: true,
  columns: {},
};

/** Kubenet, no add-ons, and pools as the first versions of the interface wrote them. */
const old: ClusterAge = {
  versions: ["1.32.11", "1.31.11", "1.30.14"],
  properties: {
    addonProfiles: {},
    networkProfile: {
      networkPlugin: "kubenet",
      podCidr: "10.244.0.0/16",
      ...network,
    },
    aadProfile: { managed: true, adminGroupObjectIDs: null, tenantID: tenantId },
    autoUpgradeProfile: null,
  },
  without: [...blocksThatDecideNothing, "storageProfile", "publicNetworkAccess"],
  poolWithout: [
    ...laterPoolKeys,
    ...["enableFIPS", "enableUltraSSD", "scaleDownMode", "kubeletDiskType", "enableEncryptionAtHost"],
  ],
  isSystemAssigned: true,
  columns: { kind: "", sku: { name: "Base", tier: "Free" } },
};

/** Most of a fleet was made some years ago. */
export const clusterAges: readonly ClusterAge[] = [recent, settled, settled, old, old, old];
