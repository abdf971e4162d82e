import type { Facts } from "../../../domain/facts.ts";
import type { Setting } from "../../../domain/setting.ts";
import { at, MalformedPropertyError, type Place, readObject } from "../../row.ts";
import { booleanSetting, textSetting } from "./setting.ts";

/** An add-on of the cluster, off when the map does not have it. */
export interface Addon {
  readonly place: Place;
  readonly enabled: Setting<boolean>;
}

/**
 * Add-ons come under keys whose casing depends on who turned them on; one that was turned off stays in the map.
 * @throws MalformedPropertyError also when two keys differ in casing alone, as nobody can tell which of them holds
 */
export function mapAddon(root: Place, key: string): Addon {
  const profiles = at(root, "properties.addonProfiles");
  const keys = Object.keys(readObject(profiles) ?? {}).filter(
    (one) => one.toLowerCase() === key.toLowerCase(),
  );
  if (keys.length > 1)
    throw new MalformedPropertyError(profiles.path, profiles.value, `one that names ${key} once`);
  const place = at(profiles, keys[0] ?? key);
  return { place, enabled: booleanSetting(at(place, "enabled"), false) };
}

export function mapPolicyAddon(root: Place): Facts["policyAddon"] {
  return { enabled: mapAddon(root, "azurepolicy").enabled };
}

/** Rotation is off unless the add-on's configuration, whose values are all text, says otherwise. */
export function mapKeyVaultDriver(root: Place): Facts["keyVaultDriver"] {
  const { place, enabled } = mapAddon(root, "azureKeyvaultSecretsProvider");
  return { enabled, rotation: textSetting(at(place, "config.enableSecretRotation"), "false") };
}

/** Off when absent; the vault is then reached in public. */
export function mapKms(root: Place): Facts["kms"] {
  const profile = at(root, "properties.securityProfile");
  const encryption = at(profile, "kubernetesResourceObjectEncryptionProfile.infrastructureEncryption");
  return {
    enabled: booleanSetting(at(profile, "azureKeyVaultKms.enabled"), false),
    keyVaultAccess: textSetting(at(profile, "azureKeyVaultKms.keyVaultNetworkAccess"), "Public"),
    infrastructure: textSetting(encryption, "Disabled"),
  };
}

/** Off when absent. */
export function mapImageCleaner(root: Place): Facts["imageCleaner"] {
  return { enabled: booleanSetting(at(root, "properties.securityProfile.imageCleaner.enabled"), false) };
}

/** Off when absent. */
export function mapImageGating(root: Place): Facts["imageGating"] {
  const defender = at(root, "properties.securityProfile.defender");
  return { enabled: booleanSetting(at(defender, "securityGating.enabled"), false) };
}

/** Off when absent. */
export function mapDefenderSensor(root: Place): Facts["defenderSensor"] {
  const defender = at(root, "properties.securityProfile.defender");
  return { enabled: booleanSetting(at(defender, "securityMonitoring.enabled"), false) };
}

/** Container Insights is an add-on or part of the monitoring profile, Prometheus part of that profile; all are off when absent. */
export function mapMetrics(root: Place): Facts["metrics"] {
  const profile = at(root, "properties.azureMonitorProfile");
  return {
    insights: mapAddon(root, "omsagent").enabled,
    insightsProfile: booleanSetting(at(profile, "containerInsights.enabled"), false),
    prometheus: booleanSetting(at(profile, "metrics.enabled"), false),
  };
}
