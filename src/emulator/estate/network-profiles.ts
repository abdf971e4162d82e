import type { RawObject } from "./world.ts";

const addresses = {
  podCidr: "10.244.0.0/16",
  serviceCidr: "10.0.0.0/16",
  dnsServiceIP: "10.0.0.10",
} as const;

const lists = {
  podCidrs: ["10.244.0.0/16"],
  serviceCidrs: ["10.0.0.0/16"],
  ipFamilies: ["IPv4"],
} as const;

/**
 * `networkProfile` of a hardened cluster: Azure CNI overlay, Cilium, and a NAT gateway of the network team's on the
 * subnet. With that outbound type a row holds no profile of a load balancer (https://github.com/Azure/AKS/issues/2954).
 */
export const ownNetwork = {
  networkPlugin: "azure",
  networkPluginMode: "overlay",
  networkPolicy: "cilium",
  networkDataplane: "cilium",
  loadBalancerSku: "standard",
  ...addresses,
  outboundType: "userAssignedNATGateway",
  ...lists,
} as const satisfies RawObject;

/** The same with what pods say to pods of other nodes encrypted. */
export const encryptedNetwork = {
  ...ownNetwork,
  advancedNetworking: {
    enabled: true,
    observability: { enabled: true },
    security: {
      enabled: true,
      advancedNetworkPolicies: "FQDN",
      transitEncryption: { type: "WireGuard" },
    },
  },
} as const satisfies RawObject;

/** The same with nothing but routes of the network team's to lead out. */
export const routedNetwork = {
  ...ownNetwork,
  outboundType: "userDefinedRouting",
} as const satisfies RawObject;

/** Azure's own dataplane with this engine of network policies; `none` is a value, and no engine. */
export function networkWithEngine(networkPolicy: "azure" | "calico" | "none"): RawObject {
  return { ...ownNetwork, networkPolicy, networkDataplane: "azure" };
}

/** No network plugin of Azure's: the cluster brought its own, and whatever enforces policies with it. */
export const broughtNetwork = {
  networkPlugin: "none",
  networkPolicy: "none",
  networkDataplane: "azure",
  loadBalancerSku: "standard",
  ...addresses,
  outboundType: "userAssignedNATGateway",
  ...lists,
} as const satisfies RawObject;

/** As in 2020: kubenet, no engine and no word of one, a basic load balancer that is also the way out. */
export const oldNetwork = {
  networkPlugin: "kubenet",
  loadBalancerSku: "basic",
  ...addresses,
  outboundType: "loadBalancer",
} as const satisfies RawObject;
