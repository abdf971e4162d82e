import type { Facts } from "../../../domain/facts.ts";
import type { ListedPools } from "../../../domain/setting.ts";
import { isObject } from "../../json-object.ts";
import { at, MalformedPropertyError, type Place, readingOf, readList, readText } from "../../row.ts";
import { readName } from "../agent-pools.ts";
import { mapAddon } from "./addon-settings.ts";
import { booleanSetting, openTextSetting, textSetting } from "./setting.ts";

/** No engine when absent: a cluster without one often lacks the key. The dataplane is Azure's own unless it says otherwise. */
export function mapNetworkPolicy(root: Place): Facts["networkPolicy"] {
  const network = at(root, "properties.networkProfile");
  return {
    engine: textSetting(at(network, "networkPolicy"), "none"),
    dataplane: textSetting(at(network, "networkDataplane"), "azure"),
    plugin: openTextSetting(at(network, "networkPlugin")),
    windowsPools: windowsPools(at(root, "properties.agentPoolProfiles")),
  };
}

/** The default changed over the years, so that an absent plugin says nothing. */
export function mapNetworkPlugin(root: Place): Facts["networkPlugin"] {
  const network = at(root, "properties.networkProfile");
  return {
    plugin: openTextSetting(at(network, "networkPlugin")),
    mode: openTextSetting(at(network, "networkPluginMode")),
  };
}

/** Standard when absent. */
export function mapLoadBalancer(root: Place): Facts["loadBalancer"] {
  return { sku: textSetting(at(root, "properties.networkProfile.loadBalancerSku"), "standard") };
}

/**
 * By load balancer when absent. A pool without a subnet of its own stands in one that AKS made; one that cannot be read
 * leaves open where it stands.
 */
export function mapEgress(root: Place): Facts["egress"] {
  return {
    outboundType: textSetting(at(root, "properties.networkProfile.outboundType"), "loadBalancer"),
    subnets: ofEachPool(at(root, "properties.agentPoolProfiles"), (pool) => {
      const name = readName(pool);
      return [{ ...openTextSetting(at(pool, "vnetSubnetID")), pool: name }];
    }),
  };
}

/** All off when absent; app routing makes an nginx controller unless it is told not to. */
export function mapIngress(root: Place): Facts["ingress"] {
  const routing = at(root, "properties.ingressProfile.webAppRouting");
  return {
    httpApplicationRouting: mapAddon(root, "httpApplicationRouting").enabled,
    kubeDashboard: mapAddon(root, "kubeDashboard").enabled,
    appRouting: booleanSetting(at(routing, "enabled"), false),
    nginx: openTextSetting(at(routing, "nginx.defaultIngressControllerType")),
  };
}

/** Off when absent. */
export function mapTransitEncryption(root: Place): Facts["transitEncryption"] {
  const network = at(root, "properties.networkProfile");
  return {
    type: textSetting(at(network, "advancedNetworking.security.transitEncryption.type"), "None"),
    dataplane: textSetting(at(network, "networkDataplane"), "azure"),
  };
}

/**
 * A list or a pool that cannot be read, or lists none, hides no engine: it leaves open whether there are Windows pools.
 * Auto-provisioned nodes run Linux alone (https://learn.microsoft.com/azure/aks/node-auto-provisioning).
 */
function windowsPools(place: Place): ListedPools<string> {
  return ofEachPool(place, (pool) => (isWindows(pool) ? [readName(pool)] : []));
}

function ofEachPool<T>(place: Place, map: (pool: Place) => readonly T[]): ListedPools<T> {
  const list = readingOf("", () => readList(place) ?? []);
  if (list.state === "unavailable") return { listed: [], unlisted: list.gap.detail };
  if (list.value.length === 0) return { listed: [], unlisted: "The cluster lists no node pool." };

  const pools = list.value.map((pool) => readingOf("", () => map(pool)));
  return {
    listed: pools.flatMap((pool) => (pool.state === "unavailable" ? [] : pool.value)),
    unlisted: pools.flatMap((pool) => (pool.state === "unavailable" ? [pool.gap.detail] : []))[0] ?? null,
  };
}

/** Linux when absent. @throws MalformedPropertyError also for a system this version does not know */
function isWindows(pool: Place): boolean {
  if (!isObject(pool.value)) throw new MalformedPropertyError(pool.path, pool.value, "an object");
  const place = at(pool, "osType");
  const system = readText(place) ?? "Linux";
  if (/^linux$/i.test(system)) return false;
  if (/^windows$/i.test(system)) return true;
  throw new MalformedPropertyError(place.path, place.value, `a system this version knows (${system})`);
}
