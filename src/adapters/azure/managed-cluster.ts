import type { ObservedCluster, RowGroup } from "../../application/ports.ts";
import { type ClusterRef, parseClusterId } from "../../domain/cluster.ts";
import type { FactGroup, Facts } from "../../domain/facts.ts";
import type { Gap } from "../../domain/gap.ts";
import { isObject } from "../json-object.ts";
import {
  at,
  MalformedPropertyError,
  malformedGap,
  type Place,
  readBoolean,
  readingOf,
  readObject,
  readText,
} from "../row.ts";
import { type AgentPools, mapAgentPools } from "./agent-pools.ts";
import {
  mapDefenderSensor,
  mapImageCleaner,
  mapImageGating,
  mapKeyVaultDriver,
  mapKms,
  mapMetrics,
  mapPolicyAddon,
} from "./cluster/addon-settings.ts";
import {
  mapApiServer,
  mapApiServerName,
  mapControlPlaneVersion,
  mapNodeGroupLock,
  mapPlacement,
  mapPower,
  mapRunCommand,
  mapTier,
  mapUpgrades,
} from "./cluster/control-plane-settings.ts";
import {
  mapAdminGroups,
  mapClusterIdentity,
  mapClusterPrincipals,
  mapEntra,
  mapKubernetesRbac,
  mapLinkLocal,
  mapLocalAccounts,
  mapPodIdentity,
  mapTokenIssuer,
  mapWorkloadIdentity,
} from "./cluster/identity-settings.ts";
import {
  mapEgress,
  mapIngress,
  mapLoadBalancer,
  mapNetworkPlugin,
  mapNetworkPolicy,
  mapTransitEncryption,
} from "./cluster/network-settings.ts";
import { mapPoolSettings } from "./cluster/pool-settings.ts";

/**
 * Reads a managed cluster in the wire's spelling: a Resource Graph row, or ARM's body. A property of a wrong type
 * leaves unread what hangs on it and nothing else. A gap when it is not to be told which cluster it is. Only the groups
 * asked for are read, all of them when left out.
 */
export function mapManagedCluster(row: unknown, groups?: ReadonlySet<FactGroup>): ObservedCluster | Gap {
  const root: Place = { path: "", value: row };
  const scope = scopeOf(row);
  try {
    const cluster = mapRef(root);
    const pools = mapAgentPools(cluster.id, at(root, "properties.agentPoolProfiles"));
    const unlistedNodes = explainUnlistedNodes(root, pools);
    return {
      cluster,
      nodeResourceGroup: mapNodeResourceGroup(root),
      hasEntra: readingOf(cluster.id, () => readBoolean(at(root, "properties.aadProfile.managed")) === true),
      readings: readingsOf(cluster.id, root, { pools, unlistedNodes, groups }),
      pools: pools.listed,
      unlistedNodes,
    };
  } catch (error) {
    return malformedGap(scope, error);
  }
}

/** Groups that each stand for themselves. */
const mappers = {
  power: mapPower,
  placement: mapPlacement,
  apiServer: mapApiServer,
  apiServerName: mapApiServerName,
  runCommand: mapRunCommand,
  localAccounts: mapLocalAccounts,
  entra: mapEntra,
  kubernetesRbac: mapKubernetesRbac,
  workloadIdentity: mapWorkloadIdentity,
  podIdentity: mapPodIdentity,
  clusterIdentity: mapClusterIdentity,
  principals: mapClusterPrincipals,
  adminGroups: mapAdminGroups,
  tokenIssuer: mapTokenIssuer,
  linkLocal: mapLinkLocal,
  upgrades: mapUpgrades,
  nodeGroupLock: mapNodeGroupLock,
  tier: mapTier,
  controlPlaneVersion: mapControlPlaneVersion,
  networkPolicy: mapNetworkPolicy,
  networkPlugin: mapNetworkPlugin,
  loadBalancer: mapLoadBalancer,
  egress: mapEgress,
  ingress: mapIngress,
  transitEncryption: mapTransitEncryption,
  policyAddon: mapPolicyAddon,
  keyVaultDriver: mapKeyVaultDriver,
  kms: mapKms,
  imageCleaner: mapImageCleaner,
  imageGating: mapImageGating,
  defenderSensor: mapDefenderSensor,
  metrics: mapMetrics,
} as const satisfies { readonly [G in RowGroup]?: (root: Place) => Facts[G] };

function readingsOf(
  scope: string,
  root: Place,
  {
    pools,
    unlistedNodes,
    groups,
  }: {
    readonly pools: AgentPools;
    readonly unlistedNodes: string | null;
    readonly groups: ReadonlySet<FactGroup> | undefined;
  },
): ObservedCluster["readings"] {
  const isAsked = (group: RowGroup) => groups === undefined || groups.has(group);
  const own = Object.entries(mappers).flatMap(([group, map]) =>
    // The keys of `mappers` are groups that a row holds.
    isAsked(group as RowGroup) ? [[group, readingOf<unknown>(scope, () => map(root))] as const] : [],
  );
  return {
    // One reading per group, each made by that group's own mapper.
    ...(Object.fromEntries(own) as ObservedCluster["readings"]),
    ...(isAsked("nodeImages") && { nodeImages: pools.images }),
    ...(isAsked("nodeAddresses") && { nodeAddresses: pools.addresses }),
    ...mapPoolSettings(scope, pools, { unlisted: unlistedNodes, isAsked }),
  };
}

function mapRef(root: Place): ClusterRef {
  if (!isObject(root.value)) throw new MalformedPropertyError("The row", root.value, "an object");
  const place = at(root, "id");
  const id = parseClusterId(readText(place) ?? "");
  if (id === null)
    throw new MalformedPropertyError("id", place.value, "the resource id of a managed cluster");
  // Without properties even the cluster's incarnation cannot be told.
  if (readObject(at(root, "properties")) === null)
    throw new MalformedPropertyError("properties", undefined, "an object");
  return {
    id: id.id,
    name: id.name,
    subscriptionId: id.subscriptionId,
    resourceGroup: id.resourceGroup,
    location: textOrNull(at(root, "location")),
    tags: mapTags(at(root, "tags")),
    resourceUid: readText(at(root, "properties.resourceUID")),
  };
}

/** Tags name owners and decide nothing; what is not text is no tag. */
function mapTags({ value }: Place): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
  );
}

/** Lower case. A group that cannot be read is as good as one that is not named: the machines stay unread. */
function mapNodeResourceGroup(root: Place): string | null {
  try {
    return readText(at(root, "properties.nodeResourceGroup"))?.toLowerCase() ?? null;
  } catch (error) {
    malformedGap("", error);
    return null;
  }
}

/** Listed pools are not all nodes under auto-provisioning and hosted system pools, and an empty list lists none (https://learn.microsoft.com/rest/api/aks/managed-clusters/get). */
function explainUnlistedNodes(root: Place, { unread, isEmpty }: AgentPools): string | null {
  if (unread !== null) return unread.detail;
  if (isEmpty) return "The cluster lists no node pool.";
  try {
    const mode = readText(at(root, "properties.nodeProvisioningProfile.mode"));
    if (mode?.toLowerCase() === "auto") return "Node auto-provisioning makes nodes that no pool lists.";
    if (mode !== null && mode.toLowerCase() !== "manual")
      return `properties.nodeProvisioningProfile.mode is ${mode}, a value this version does not know: there may be nodes that no pool lists.`;
    if (readBoolean(at(root, "properties.hostedSystemProfile.enabled")) === true)
      return "Hosted system pools hold nodes that no pool lists.";
    return null;
  } catch (error) {
    return `${malformedGap("", error).detail} There may be nodes that no pool lists.`;
  }
}

function textOrNull({ value }: Place): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The most that can be told of where a broken row belongs; `/` when it may be anywhere. */
function scopeOf(row: unknown): string {
  if (!isObject(row)) return "/";
  if (typeof row.id === "string" && row.id !== "") return row.id;
  return typeof row.subscriptionId === "string" && row.subscriptionId !== ""
    ? `/subscriptions/${row.subscriptionId}`
    : "/";
}
