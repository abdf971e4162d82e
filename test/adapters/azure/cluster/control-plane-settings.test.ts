import { describe, expect, it } from "vitest";
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
} from "../../../../src/adapters/azure/cluster/control-plane-settings.ts";
import { describeSetting, rowWith } from "../../../support/describe-setting.ts";

describeSetting<boolean>({
  group: "apiServer",
  path: "properties.apiServerAccessProfile.enablePrivateCluster",
  read: (root) => mapApiServer(root).privateCluster,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<readonly string[]>({
  group: "apiServer",
  path: "properties.apiServerAccessProfile.authorizedIPRanges",
  read: (root) => mapApiServer(root).authorizedRanges,
  present: [[], ["203.0.113.0/24", "AzureDevOps"]],
  byDefault: [],
  expected: "a list",
});

describeSetting<string>({
  group: "apiServer",
  path: "properties.publicNetworkAccess",
  read: (root) => mapApiServer(root).publicNetworkAccess,
  present: ["Enabled", "Disabled", "SecuredByPerimeter"],
  byDefault: "Enabled",
  expected: "a string",
});

describeSetting<boolean>({
  group: "apiServer",
  path: "properties.apiServerAccessProfile.enableVnetIntegration",
  read: (root) => mapApiServer(root).vnetIntegration,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "apiServerName",
  path: "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
  read: (root) => mapApiServerName(root).isPublic,
  present: [true, false],
  byDefault: true,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "runCommand",
  path: "properties.apiServerAccessProfile.disableRunCommand",
  read: (root) => mapRunCommand(root).disabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<string>({
  group: "upgrades",
  path: "properties.autoUpgradeProfile.upgradeChannel",
  read: (root) => mapUpgrades(root).channel,
  present: ["stable", "none"],
  byDefault: "none",
  expected: "a string",
});

describeSetting<string | null>({
  group: "upgrades",
  path: "properties.autoUpgradeProfile.nodeOSUpgradeChannel",
  read: (root) => mapUpgrades(root).nodeOsChannel,
  present: ["NodeImage", "None"],
  byDefault: null,
  expected: "a string",
});

describeSetting<string>({
  group: "nodeGroupLock",
  path: "properties.nodeResourceGroupProfile.restrictionLevel",
  read: (root) => mapNodeGroupLock(root).restriction,
  present: ["ReadOnly", "Unrestricted"],
  byDefault: "Unrestricted",
  expected: "a string",
});

describeSetting<string>({
  group: "tier",
  path: "sku.tier",
  read: (root) => mapTier(root).tier,
  present: ["Standard", "Premium", "Free"],
  byDefault: "Free",
  expected: "a string",
});

describeSetting<string>({
  group: "tier",
  path: "properties.supportPlan",
  read: (root) => mapTier(root).supportPlan,
  present: ["KubernetesOfficial", "AKSLongTermSupport"],
  byDefault: "KubernetesOfficial",
  expected: "a string",
});

describe("an authorized range", () => {
  it.each([
    ["a number", 7],
    ["absent", null],
    ["a list", ["10.0.0.0/8"]],
  ])("that is %s leaves the whole list unread", (type, entry) => {
    const ranges = rowWith("properties.apiServerAccessProfile.authorizedIPRanges", ["10.0.0.0/8", entry]);
    expect(() => mapApiServer(ranges)).toThrow(
      `properties.apiServerAccessProfile.authorizedIPRanges[1] is ${type}, not a string.`,
    );
  });
});

describe("the control plane's version", () => {
  const running = "properties.currentKubernetesVersion";
  const asked = "properties.kubernetesVersion";

  it("is what runs, whatever was asked for", () => {
    expect(mapControlPlaneVersion(rowWith(asked, "1.36")).version).toEqual({
      path: running,
      observed: "1.35.6",
      value: "1.35.6",
    });
  });

  it.each([undefined, null, ""])("is what was asked for when what runs is %j", (nothing) => {
    expect(mapControlPlaneVersion(rowWith(running, nothing)).version).toEqual({
      path: asked,
      observed: "1.35",
      value: "1.35",
    });
  });

  it("is not known when the row has neither", () => {
    expect(mapControlPlaneVersion(rowWith("properties", {})).version).toEqual({
      path: asked,
      observed: null,
      value: null,
    });
  });

  it("is not read from what was asked for when what runs is malformed", () => {
    expect(() => mapControlPlaneVersion(rowWith(running, 1.35))).toThrow(
      `${running} is a number, not a string.`,
    );
  });
});

describe("a cluster's power", () => {
  it.each([
    ["Stopped", true],
    ["stopped", true],
    ["Running", false],
    ["", false],
    [null, false],
    [undefined, false],
  ])("of code %j says stopped: %j", (code, isStopped) => {
    expect(mapPower(rowWith("properties.powerState.code", code))).toEqual({ isStopped });
  });

  it("is not read from a code that is no text", () => {
    expect(() => mapPower(rowWith("properties.powerState.code", false))).toThrow(
      "properties.powerState.code is a boolean, not a string.",
    );
  });
});

describe("a cluster's placement", () => {
  it("is its location", () => {
    expect(mapPlacement(rowWith("location", "northeurope"))).toEqual({ location: "northeurope" });
  });

  it.each([undefined, null, ""])("is not read when the location is %j", (nothing) => {
    expect(() => mapPlacement(rowWith("location", nothing))).toThrow("location is absent, not a region.");
  });

  it("is not read from a location that is no text", () => {
    expect(() => mapPlacement(rowWith("location", 7))).toThrow("location is a number, not a string.");
  });
});
