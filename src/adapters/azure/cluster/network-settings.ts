import type { Facts } from "../../../domain/facts.ts";
import { isObject } from "../../json-object.ts";
import { at, type Place, readList, readText } from "../row.ts";
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

function windowsPools(place: Place): readonly string[] {
  return (readList(place) ?? []).flatMap((pool) => {
    if (!isObject(pool.value) || readText(at(pool, "osType"))?.toLowerCase() !== "windows") return [];
    return [readText(at(pool, "name")) ?? pool.path];
  });
}
