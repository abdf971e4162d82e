import { describe, expect, it } from "vitest";
import {
  mapAddon,
  mapDefenderSensor,
  mapImageCleaner,
  mapImageGating,
  mapKeyVaultDriver,
  mapKms,
  mapMetrics,
  mapPolicyAddon,
} from "../../../../src/adapters/azure/cluster/addon-settings.ts";
import { mapIngress } from "../../../../src/adapters/azure/cluster/network-settings.ts";
import { MalformedPropertyError, type Place } from "../../../../src/adapters/row.ts";
import type { Setting } from "../../../../src/domain/setting.ts";
import { describeSetting, rowWith } from "../../../support/describe-setting.ts";

const addons = [
  ["azurepolicy", ["azurePolicy", "AZUREPOLICY"], (root) => mapPolicyAddon(root).enabled],
  [
    "azureKeyvaultSecretsProvider",
    ["azurekeyvaultsecretsprovider", "AzureKeyvaultSecretsProvider"],
    (root) => mapKeyVaultDriver(root).enabled,
  ],
  ["omsagent", ["omsAgent", "OmsAgent"], (root) => mapMetrics(root).insights],
  [
    "httpApplicationRouting",
    ["httpapplicationrouting", "HttpApplicationRouting"],
    (root) => mapIngress(root).httpApplicationRouting,
  ],
  ["kubeDashboard", ["kubedashboard", "KubeDashboard"], (root) => mapIngress(root).kubeDashboard],
] as const satisfies readonly (readonly [string, readonly string[], (root: Place) => Setting<boolean>])[];

describeSetting({
  group: "policyAddon",
  path: "properties.addonProfiles.azurepolicy.enabled",
  read: (root) => mapPolicyAddon(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "keyVaultDriver",
  path: "properties.addonProfiles.azureKeyvaultSecretsProvider.enabled",
  read: (root) => mapKeyVaultDriver(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "keyVaultDriver",
  path: "properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation",
  read: (root) => mapKeyVaultDriver(root).rotation,
  present: ["true", "false", "True"],
  byDefault: "false",
  expected: "a string",
});

describeSetting({
  group: "kms",
  path: "properties.securityProfile.azureKeyVaultKms.enabled",
  read: (root) => mapKms(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "kms",
  path: "properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess",
  read: (root) => mapKms(root).keyVaultAccess,
  present: ["Public", "Private"],
  byDefault: "Public",
  expected: "a string",
});

describeSetting({
  group: "kms",
  path: "properties.securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption",
  read: (root) => mapKms(root).infrastructure,
  present: ["Enabled", "Disabled"],
  byDefault: "Disabled",
  expected: "a string",
});

describeSetting({
  group: "imageCleaner",
  path: "properties.securityProfile.imageCleaner.enabled",
  read: (root) => mapImageCleaner(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "imageGating",
  path: "properties.securityProfile.defender.securityGating.enabled",
  read: (root) => mapImageGating(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "defenderSensor",
  path: "properties.securityProfile.defender.securityMonitoring.enabled",
  read: (root) => mapDefenderSensor(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "metrics",
  path: "properties.addonProfiles.omsagent.enabled",
  read: (root) => mapMetrics(root).insights,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "metrics",
  path: "properties.azureMonitorProfile.containerInsights.enabled",
  read: (root) => mapMetrics(root).insightsProfile,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "metrics",
  path: "properties.azureMonitorProfile.metrics.enabled",
  read: (root) => mapMetrics(root).prometheus,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describe.each(addons)("the add-on %s", (key, otherKeys, read) => {
  it.for(otherKeys)("is known as %s too, by which evidence calls it", (otherKey) => {
    expect(read(withAddons({ other: { enabled: false }, [otherKey]: { enabled: true } }))).toEqual({
      path: `properties.addonProfiles.${otherKey}.enabled`,
      observed: true,
      value: true,
    });
  });

  it("is off when it was turned off and stays in the map", () => {
    expect(read(withAddons({ [key]: { enabled: false, config: null } }))).toMatchObject({
      observed: false,
      value: false,
    });
  });

  it.for([null, "", {}, { config: null }])("is off when the map has %j for it", (entry) => {
    expect(read(withAddons({ [key]: entry }))).toMatchObject({ observed: null, value: false });
  });

  it("is off beside others that are on", () => {
    const root = withAddons({ [`${key}2`]: { enabled: true }, constructor: { enabled: true } });
    expect(read(root)).toMatchObject({ observed: null, value: false });
  });

  it("is not read when the map names it twice, whichever comes first", () => {
    for (const order of [
      [true, false],
      [false, true],
    ]) {
      const entries = [key, otherKeys[0]].map((name, index) => [name, { enabled: order[index] }]);
      const root = withAddons(Object.fromEntries(entries));
      expect(() => read(root)).toThrow(MalformedPropertyError);
      expect(() => read(root)).toThrow(
        `properties.addonProfiles is an object, not one that names ${key} once.`,
      );
    }
  });
});

describe("the Key Vault driver", () => {
  const rotation = "config.enableSecretRotation";

  it.for([undefined, null, "", {}])("does not rotate when its configuration is %j", (config) => {
    const root = withAddons({ azureKeyvaultSecretsProvider: { enabled: true, config } });
    expect(mapKeyVaultDriver(root)).toMatchObject({
      enabled: { observed: true, value: true },
      rotation: { observed: null, value: "false" },
    });
  });

  it("has its configuration read under a key of any casing", () => {
    const config = { enableSecretRotation: "true" };
    const root = withAddons({ azurekeyvaultsecretsprovider: { enabled: true, config } });
    expect(mapKeyVaultDriver(root).rotation).toEqual({
      path: `properties.addonProfiles.azurekeyvaultsecretsprovider.${rotation}`,
      observed: "true",
      value: "true",
    });
  });

  it("is not read when rotation is no text, as all configuration is", () => {
    const config = { enableSecretRotation: true };
    const root = withAddons({ azureKeyvaultSecretsProvider: { enabled: true, config } });
    expect(() => mapKeyVaultDriver(root)).toThrow(
      `properties.addonProfiles.azureKeyvaultSecretsProvider.${rotation} is a boolean, not a string.`,
    );
  });
});

it("an add-on that the map does not have is called by its usual key", () => {
  expect(mapAddon(withAddons({}), "omsagent").place.path).toBe("properties.addonProfiles.omsagent");
});

function withAddons(profiles: Readonly<Record<string, unknown>>): Place {
  return rowWith("properties.addonProfiles", profiles);
}
