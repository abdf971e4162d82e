import type { ObservedCluster } from "../../application/ports.ts";
import { type ClusterRef, parseClusterId } from "../../domain/cluster.ts";
import type { Facts, Setting } from "../../domain/facts.ts";
import type { Gap } from "../../domain/gap.ts";
import { isObject } from "../json-object.ts";
import { type AgentPools, mapAgentPools } from "./agent-pools.ts";
import {
  at,
  MalformedPropertyError,
  malformedGap,
  type Place,
  readBoolean,
  readingOf,
  readObject,
  readText,
  readTexts,
} from "./row.ts";

/**
 * Reads a managed cluster in the wire's spelling: a Resource Graph row, or ARM's body. A property of a wrong type
 * leaves unread what hangs on it and nothing else. A gap when it is not to be told which cluster it is.
 */
export function mapManagedCluster(row: unknown): ObservedCluster | Gap {
  const root: Place = { path: "", value: row };
  const scope = scopeOf(row);
  try {
    const cluster = mapRef(root);
    const pools = mapAgentPools(cluster.id, at(root, "properties.agentPoolProfiles"));
    return {
      cluster,
      nodeResourceGroup: mapNodeResourceGroup(root),
      readings: {
        power: readingOf(cluster.id, () => mapPower(root)),
        placement: readingOf(cluster.id, () => mapPlacement(root)),
        apiServer: readingOf(cluster.id, () => mapApiServer(root)),
        localAccounts: readingOf(cluster.id, () => ({ disabled: mapLocalAccounts(root) })),
        defenderSensor: readingOf(cluster.id, () => ({ enabled: mapDefenderSensor(root) })),
        nodeImages: pools.images,
        nodeAddresses: pools.addresses,
      },
      pools: pools.listed,
      unlistedNodes: explainUnlistedNodes(root, pools),
    };
  } catch (error) {
    return malformedGap(scope, error);
  }
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

/** `Stopped` is the one code of a stopped cluster; templates and old rows have none. */
function mapPower(root: Place): Facts["power"] {
  return { isStopped: readText(at(root, "properties.powerState.code"))?.toLowerCase() === "stopped" };
}

function mapPlacement(root: Place): Facts["placement"] {
  const place = at(root, "location");
  const location = readText(place);
  if (location === null) throw new MalformedPropertyError(place.path, undefined, "a region");
  return { location };
}

/** Absent properties mean, by https://learn.microsoft.com/rest/api/aks/managed-clusters/get: no private cluster, open to all addresses, public access enabled, no VNet integration. */
function mapApiServer(root: Place): Facts["apiServer"] {
  const profile = at(root, "properties.apiServerAccessProfile");
  const publicNetworkAccess = at(root, "properties.publicNetworkAccess");
  const ranges = at(profile, "authorizedIPRanges");
  return {
    privateCluster: booleanSetting(at(profile, "enablePrivateCluster"), false),
    authorizedRanges: toSetting(ranges, readTexts(ranges), []),
    publicNetworkAccess: toSetting(publicNetworkAccess, readText(publicNetworkAccess), "Enabled"),
    vnetIntegration: booleanSetting(at(profile, "enableVnetIntegration"), false),
  };
}

/** Absent means false: the local admin account exists, even beside Entra (https://learn.microsoft.com/rest/api/aks/managed-clusters/get). */
function mapLocalAccounts(root: Place): Setting<boolean> {
  return booleanSetting(at(root, "properties.disableLocalAccounts"), false);
}

/** Absent means off (https://learn.microsoft.com/rest/api/aks/managed-clusters/get). */
function mapDefenderSensor(root: Place): Setting<boolean> {
  return booleanSetting(at(root, "properties.securityProfile.defender.securityMonitoring.enabled"), false);
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

function booleanSetting(place: Place, byDefault: boolean): Setting<boolean> {
  return toSetting(place, readBoolean(place), byDefault);
}

function toSetting<T>({ path }: Place, observed: T | null, byDefault: T): Setting<T> {
  return { path, observed, value: observed ?? byDefault };
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
