import type { Facts, Setting } from "../../../domain/facts.ts";
import { at, type Place, readObject } from "../row.ts";
import { booleanSetting, textSetting } from "./setting.ts";

/** An add-on of the cluster, off when the map does not have it. */
export interface Addon {
  readonly place: Place;
  readonly enabled: Setting<boolean>;
}

/** Add-ons come under keys whose casing depends on who turned them on; one that was turned off stays in the map. */
export function mapAddon(root: Place, key: string): Addon {
  const profiles = at(root, "properties.addonProfiles");
  const keys = Object.keys(readObject(profiles) ?? {});
  const place = at(profiles, keys.find((one) => one.toLowerCase() === key.toLowerCase()) ?? key);
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
export function mapDefenderSensor(root: Place): Facts["defenderSensor"] {
  const defender = at(root, "properties.securityProfile.defender");
  return { enabled: booleanSetting(at(defender, "securityMonitoring.enabled"), false) };
}

/** Container Insights is an add-on, Prometheus a profile of its own; both are off when absent. */
export function mapMetrics(root: Place): Facts["metrics"] {
  return {
    insights: mapAddon(root, "omsagent").enabled,
    prometheus: booleanSetting(at(root, "properties.azureMonitorProfile.metrics.enabled"), false),
  };
}
