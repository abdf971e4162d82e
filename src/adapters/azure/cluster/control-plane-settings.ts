import type { Facts } from "../../../domain/facts.ts";
import { at, MalformedPropertyError, type Place, readText, readTexts } from "../../row.ts";
import { booleanSetting, openTextSetting, textSetting, toSetting } from "./setting.ts";

/** `Stopped` is the one code of a stopped cluster; templates and old rows have none. */
export function mapPower(root: Place): Facts["power"] {
  return { isStopped: readText(at(root, "properties.powerState.code"))?.toLowerCase() === "stopped" };
}

export function mapPlacement(root: Place): Facts["placement"] {
  const place = at(root, "location");
  const location = readText(place);
  if (location === null) throw new MalformedPropertyError(place.path, undefined, "a region");
  return { location };
}

/** Absent properties mean: no private cluster, open to all addresses, public access enabled, no VNet integration. */
export function mapApiServer(root: Place): Facts["apiServer"] {
  const profile = at(root, "properties.apiServerAccessProfile");
  const ranges = at(profile, "authorizedIPRanges");
  return {
    privateCluster: booleanSetting(at(profile, "enablePrivateCluster"), false),
    authorizedRanges: toSetting(ranges, readTexts(ranges), []),
    publicNetworkAccess: textSetting(at(root, "properties.publicNetworkAccess"), "Enabled"),
    vnetIntegration: booleanSetting(at(profile, "enableVnetIntegration"), false),
  };
}

/** A private cluster is made with a public name beside the private one unless it asks for none. */
export function mapApiServerName(root: Place): Facts["apiServerName"] {
  const place = at(root, "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN");
  return { isPublic: booleanSetting(place, true) };
}

/** Absent means that commands may be run. */
export function mapRunCommand(root: Place): Facts["runCommand"] {
  return { disabled: booleanSetting(at(root, "properties.apiServerAccessProfile.disableRunCommand"), false) };
}

/**
 * Without a channel Kubernetes is not upgraded. Of the nodes' OS the absent value is `NodeImage` for clusters made with
 * API 2023-06-01 or later and none for older ones, which a row does not tell apart.
 */
export function mapUpgrades(root: Place): Facts["upgrades"] {
  const profile = at(root, "properties.autoUpgradeProfile");
  return {
    channel: textSetting(at(profile, "upgradeChannel"), "none"),
    nodeOsChannel: openTextSetting(at(profile, "nodeOSUpgradeChannel")),
  };
}

/** Absent means that whoever has rights on the group may change it. */
export function mapNodeGroupLock(root: Place): Facts["nodeGroupLock"] {
  return {
    restriction: textSetting(
      at(root, "properties.nodeResourceGroupProfile.restrictionLevel"),
      "Unrestricted",
    ),
  };
}

/** Absent means free, and the support of Kubernetes' own community. */
export function mapTier(root: Place): Facts["tier"] {
  return {
    tier: textSetting(at(root, "sku.tier"), "Free"),
    supportPlan: textSetting(at(root, "properties.supportPlan"), "KubernetesOfficial"),
  };
}

/** What runs, and where the row does not tell, what was asked for. */
export function mapControlPlaneVersion(root: Place): Facts["controlPlaneVersion"] {
  const running = at(root, "properties.currentKubernetesVersion");
  const asked = at(root, "properties.kubernetesVersion");
  return { version: openTextSetting(readText(running) === null ? asked : running) };
}
