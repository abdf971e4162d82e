import { describe, expect, it } from "vitest";
import { mapManagedCluster } from "../../../src/adapters/azure/managed-cluster.ts";
import type { ObservedCluster } from "../../../src/application/ports.ts";
import { createFactSources } from "../../../src/composition/fact-sources.ts";
import { findProfile } from "../../../src/controls/profiles.ts";
import { factGroupsOf } from "../../../src/domain/profile.ts";
import type { RawObject } from "../../../src/emulator/estate/world.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { exampleClusterRow, exampleId, examplePool } from "../../support/example-cluster-row.ts";
import { hardenedFacts } from "../../support/snapshot.ts";
import { smallWorld } from "../../support/world-small.ts";

/** What else hangs on blocks that are malformed as a whole. */
const sharers: Readonly<Record<string, readonly string[]>> = {
  apiServerAccessProfile: ["apiServerName", "runCommand"],
  "securityProfile.defender": ["imageGating"],
};

const headline = findProfile("headline") ?? { name: "none", controls: [] };

describe("a managed cluster's row", () => {
  it.each([
    [{ managed: true }, true],
    [{ managed: false, serverAppID: "11111111-0000-4000-8000-000000000000" }, false],
    [{ serverAppID: "11111111-0000-4000-8000-000000000000" }, false],
    [null, false],
  ])(
    "with the Entra profile %j is known to sign users in by managed Entra ID: %s",
    (aadProfile, hasEntra) => {
      expect(observe({ aadProfile }).hasEntra).toEqual({ state: "collected", value: hasEntra });
    },
  );

  it.each([
    [{ managed: "true" }, "properties.aadProfile.managed is a string"],
    ["managed", "properties.aadProfile is a string"],
    [[], "properties.aadProfile is a list"],
  ])("with the Entra profile %j leaves open how users sign in", (aadProfile, detail) => {
    expect(observe({ aadProfile }).hasEntra).toMatchObject({
      state: "unavailable",
      gap: { scope: exampleId, reason: "malformed", detail: expect.stringContaining(detail) },
    });
  });

  it("gives the groups asked for and no others; all of them when nobody says which", () => {
    const asked = mapManagedCluster(exampleClusterRow(), new Set(["kms", "sshAccess", "clock"] as const));
    expect(Object.keys("readings" in asked ? asked.readings : {}).sort()).toEqual(["kms", "sshAccess"]);
    const further = createFactSources(emulatedAccess(smallWorld()).access).flatMap(({ groups }) => groups);
    const all = new Set([
      ...Object.keys(observe({}).readings),
      "clock",
      "parameters",
      "defenderPlan",
      "defenderPricings",
      ...further,
    ]);
    expect(all).toEqual(new Set(Object.keys(hardenedFacts)));
  });

  it("is read as far as the headline controls ask", () => {
    const groups = factGroupsOf(headline);
    expect(mapManagedCluster(exampleClusterRow(), groups)).toEqual({
      cluster: {
        id: exampleId,
        name: "aks-pay-weu-01",
        subscriptionId: "11111111-1111-1111-1111-111111111111",
        resourceGroup: "rg-pay-prod",
        location: "westeurope",
        tags: { env: "prod", owner: "payments", "cost-center": "4711" },
        resourceUid: "6650f0c1a2b3c4d5e6f70811",
      },
      nodeResourceGroup: "mc_rg-pay-prod_aks-pay-weu-01_westeurope",
      readings: {
        power: { state: "collected", value: { isStopped: false } },
        placement: { state: "collected", value: { location: "westeurope" } },
        apiServer: {
          state: "collected",
          value: {
            privateCluster: {
              path: "properties.apiServerAccessProfile.enablePrivateCluster",
              observed: true,
              value: true,
            },
            authorizedRanges: {
              path: "properties.apiServerAccessProfile.authorizedIPRanges",
              observed: null,
              value: [],
            },
            publicNetworkAccess: {
              path: "properties.publicNetworkAccess",
              observed: "Enabled",
              value: "Enabled",
            },
            vnetIntegration: {
              path: "properties.apiServerAccessProfile.enableVnetIntegration",
              observed: null,
              value: false,
            },
          },
        },
        localAccounts: {
          state: "collected",
          value: { disabled: { path: "properties.disableLocalAccounts", observed: true, value: true } },
        },
        defenderSensor: {
          state: "collected",
          value: {
            enabled: {
              path: "properties.securityProfile.defender.securityMonitoring.enabled",
              observed: true,
              value: true,
            },
          },
        },
        nodeImages: {
          state: "collected",
          value: [
            image(0, "sys", "AzureLinux3", "AKSAzureLinux-V3gen2-202611.09.0", "1.35.6"),
            image(1, "legacy", "AzureLinux", "AKSAzureLinux-V2gen2-202512.06.0", "1.31.11"),
          ],
        },
        nodeAddresses: {
          state: "collected",
          value: [
            {
              path: "properties.agentPoolProfiles[0].enableNodePublicIP",
              name: "sys",
              pool: "sys",
              isPublic: false,
              observed: false,
            },
            {
              path: "properties.agentPoolProfiles[1].enableNodePublicIP",
              name: "legacy",
              pool: "legacy",
              isPublic: false,
              observed: false,
            },
          ],
        },
      },
      hasEntra: { state: "collected", value: false },
      pools: [
        { name: "sys", kind: "scaleSet", count: 3 },
        { name: "legacy", kind: "scaleSet", count: 2 },
      ],
      unlistedNodes: null,
    });
  });

  it.each([
    ["absent", undefined],
    ["null", null],
    ["empty text", ""],
    ["an empty object", {}],
  ])("takes blocks that are %s for Azure's defaults, and says that nothing was there", (_, block) => {
    const { readings } = observe({
      apiServerAccessProfile: block,
      securityProfile: block,
      publicNetworkAccess: null,
      disableLocalAccounts: undefined,
    });
    expect(readings.apiServer).toMatchObject({
      state: "collected",
      value: {
        privateCluster: { observed: null, value: false },
        authorizedRanges: { observed: null, value: [] },
        publicNetworkAccess: { observed: null, value: "Enabled" },
        vnetIntegration: { observed: null, value: false },
      },
    });
    expect(readings.defenderSensor).toMatchObject({ value: { enabled: { observed: null, value: false } } });
    expect(readings.localAccounts).toMatchObject({ value: { disabled: { observed: null, value: false } } });
  });

  it("keeps an empty list of ranges apart from none", () => {
    const { readings } = observe({ apiServerAccessProfile: { authorizedIPRanges: [] } });
    expect(readings.apiServer).toMatchObject({ value: { authorizedRanges: { observed: [], value: [] } } });
  });

  it("knows a stopped cluster", () => {
    expect(observe({ powerState: { code: "Stopped" } }).readings.power).toMatchObject({
      value: { isStopped: true },
    });
  });

  it.each([
    [
      "localAccounts",
      { disableLocalAccounts: "true" },
      "properties.disableLocalAccounts is a string, not a boolean.",
    ],
    [
      "apiServer",
      { apiServerAccessProfile: [] },
      "properties.apiServerAccessProfile is a list, not an object.",
    ],
    [
      "apiServer",
      { apiServerAccessProfile: { enablePrivateCluster: 1 } },
      "properties.apiServerAccessProfile.enablePrivateCluster is a number, not a boolean.",
    ],
    [
      "apiServer",
      { apiServerAccessProfile: { authorizedIPRanges: "10.0.0.0/8" } },
      "properties.apiServerAccessProfile.authorizedIPRanges is a string, not a list.",
    ],
    [
      "apiServer",
      { apiServerAccessProfile: { authorizedIPRanges: ["10.0.0.0/8", 7] } },
      "properties.apiServerAccessProfile.authorizedIPRanges[1] is a number, not a string.",
    ],
    [
      "apiServer",
      { publicNetworkAccess: false },
      "properties.publicNetworkAccess is a boolean, not a string.",
    ],
    [
      "defenderSensor",
      { securityProfile: { defender: true } },
      "properties.securityProfile.defender is a boolean, not an object.",
    ],
    [
      "defenderSensor",
      { securityProfile: { defender: { securityMonitoring: { enabled: "True" } } } },
      "properties.securityProfile.defender.securityMonitoring.enabled is a string, not a boolean.",
    ],
    ["power", { powerState: "Running" }, "properties.powerState is a string, not an object."],
  ] as const)("leaves only %s unread when %j is malformed", (group, properties, detail) => {
    const { readings } = observe(properties);
    expect(readings[group]).toEqual({
      state: "unavailable",
      gap: { scope: exampleId, reason: "malformed", detail, remedy: null },
    });
    // Others that stand in the same block share its fate.
    const [, block = ""] = /^properties\.(\S+) is/.exec(detail) ?? [];
    const shared = sharers[block] ?? [];
    const unread = Object.entries(readings).filter(([, { state }]) => state !== "collected");
    expect(unread.map(([name]) => name).sort()).toEqual([group, ...shared].sort());
  });

  it("leaves the placement unread without a location", () => {
    const { location: _, ...row } = exampleClusterRow();
    expect(mapManagedCluster(row)).toMatchObject({
      cluster: { location: null },
      readings: { placement: { state: "unavailable" } },
    });
  });

  it.each([
    ["no object", "x", "/", "The row is a string, not an object."],
    ["nothing", null, "/", "The row is absent, not an object."],
    [
      "a row without id",
      { subscriptionId: "11111111-1111-1111-1111-111111111111" },
      "/subscriptions/11111111-1111-1111-1111-111111111111",
      "id is absent, not the resource id of a managed cluster.",
    ],
    ["a row with a number for its id", { id: 7 }, "/", "id is a number, not a string."],
    [
      "another resource",
      { id: "/subscriptions/x/resourceGroups/y" },
      "/subscriptions/x/resourceGroups/y",
      "id is a string, not the resource id of a managed cluster.",
    ],
    [
      "a row without properties",
      { id: exampleId, properties: null },
      exampleId,
      "properties is absent, not an object.",
    ],
    [
      "a row with text for properties",
      { id: exampleId, properties: "x" },
      exampleId,
      "properties is a string, not an object.",
    ],
    [
      "a row whose incarnation cannot be told",
      exampleClusterRow({ resourceUID: 7 }),
      exampleId,
      "properties.resourceUID is a number, not a string.",
    ],
  ])("takes %s for a gap", (_, row, scope, detail) => {
    expect(mapManagedCluster(row)).toEqual({ scope, reason: "malformed", detail, remedy: null });
  });

  it.each([
    ["names no node group", { nodeResourceGroup: null }],
    ["names it by a number", { nodeResourceGroup: 5 }],
  ])("has no node group when it %s", (_, properties) => {
    expect(observe(properties).nodeResourceGroup).toBeNull();
  });

  it("keeps only tags that are text", () => {
    const row = { ...exampleClusterRow(), tags: { owner: "payments", count: 3 } };
    expect(mapManagedCluster(row)).toMatchObject({ cluster: { tags: { owner: "payments" } } });
    expect(mapManagedCluster({ ...row, tags: "" })).toMatchObject({ cluster: { tags: {} } });
  });
});

describe("the node pools of a row", () => {
  it("are public by the property, or by a prefix alone", () => {
    const { readings } = observe({
      agentPoolProfiles: [
        examplePool({ name: "a", enableNodePublicIP: true }),
        examplePool({ name: "b", enableNodePublicIP: undefined, nodePublicIPPrefixID: "/prefix" }),
        examplePool({ name: "c", enableNodePublicIP: null, nodePublicIPPrefixID: "" }),
      ],
    });
    expect(readings.nodeAddresses).toEqual({
      state: "collected",
      value: [
        {
          path: "properties.agentPoolProfiles[0].enableNodePublicIP",
          name: "a",
          pool: "a",
          isPublic: true,
          observed: true,
        },
        {
          path: "properties.agentPoolProfiles[1].nodePublicIPPrefixID",
          name: "b",
          pool: "b",
          isPublic: true,
          observed: "/prefix",
        },
        {
          path: "properties.agentPoolProfiles[2].enableNodePublicIP",
          name: "c",
          pool: "c",
          isPublic: false,
          observed: null,
        },
      ],
    });
  });

  it("take Azure's defaults where a bare pool says nothing", () => {
    const { readings, pools } = observe({ agentPoolProfiles: [{ name: "bare" }] });
    expect(readings.nodeImages).toMatchObject({
      value: [
        {
          osType: "Linux",
          osSku: "Ubuntu",
          isOsSkuImplied: true,
          imageVersion: null,
          kubernetesVersion: null,
        },
      ],
    });
    expect(pools).toEqual([{ name: "bare", kind: "scaleSet", count: null }]);
  });

  it.each([
    ["an image of no known family", examplePool({ osSKU: null, nodeImageVersion: "AKSSomething-1" })],
    ["Windows", { name: "win", osType: "Windows" }],
  ])("are not taken for Ubuntu without a SKU on %s", (_, bare) => {
    const { readings } = observe({ agentPoolProfiles: [bare] });
    expect(readings.nodeImages).toMatchObject({ state: "collected", value: [{ osSku: null }] });
    expect(readings.nodeImages).not.toMatchObject({ value: [{ isOsSkuImplied: true }] });
  });

  it("point to the SKU where there is no image name", () => {
    const { readings } = observe({ agentPoolProfiles: [examplePool({ nodeImageVersion: "" })] });
    expect(readings.nodeImages).toMatchObject({
      value: [{ path: "properties.agentPoolProfiles[0].osSKU", imageVersion: null }],
    });
  });

  it.each([
    ["VirtualMachineScaleSets", "scaleSet"],
    ["AvailabilitySet", "machines"],
    ["VirtualMachines", "machines"],
  ])("of type %s show as %s", (type, kind) => {
    expect(observe({ agentPoolProfiles: [examplePool({ type })] }).pools).toMatchObject([{ kind }]);
  });

  it.each(["Lambda", "constructor", "__proto__"])("of a type %s keep addresses from passing", (type) => {
    const { readings, pools } = observe({
      agentPoolProfiles: [examplePool(), examplePool({ name: "odd", type })],
    });
    expect(pools.map(({ name }) => name)).toEqual(["sys"]);
    expect(readings.nodeImages?.state).toBe("collected");
    expect(readings.nodeAddresses).toMatchObject({
      state: "partial",
      value: [{ name: "sys" }],
      gap: {
        detail: `properties.agentPoolProfiles[1].type is a string, not a kind of pool this version knows (${type}).`,
      },
    });
  });

  it("leave out a pool's image alone when only that is malformed", () => {
    const { readings } = observe({
      agentPoolProfiles: [examplePool(), examplePool({ name: "odd", osSKU: 7 })],
    });
    expect(readings.nodeAddresses).toMatchObject({
      state: "collected",
      value: [{ name: "sys" }, { name: "odd" }],
    });
    expect(readings.nodeImages).toMatchObject({
      state: "partial",
      value: [{ name: "sys" }],
      gap: {
        reason: "malformed",
        detail: "properties.agentPoolProfiles[1].osSKU is a number, not a string.",
      },
    });
  });

  it("leave out a pool's addresses alone when only those are malformed", () => {
    const { readings } = observe({ agentPoolProfiles: [examplePool({ enableNodePublicIP: "false" })] });
    expect(readings.nodeImages?.state).toBe("collected");
    expect(readings.nodeAddresses).toMatchObject({
      state: "unavailable",
      gap: { detail: "properties.agentPoolProfiles[0].enableNodePublicIP is a string, not a boolean." },
    });
  });

  it.each([
    ["text", "oops", "properties.agentPoolProfiles[1] is a string, not an object."],
    ["null", null, "properties.agentPoolProfiles[1] is absent, not an object."],
    [
      "a pool without a name",
      examplePool({ name: null }),
      "properties.agentPoolProfiles[1].name is absent, not a string.",
    ],
  ])("are read beside %s, but not in full", (_, odd, detail) => {
    const { readings, pools } = observe({ agentPoolProfiles: [examplePool(), odd] });
    expect(pools).toHaveLength(1);
    expect(readings.nodeImages).toMatchObject({
      state: "partial",
      value: [{ name: "sys" }],
      gap: { detail },
    });
    expect(readings.nodeAddresses).toMatchObject({
      state: "partial",
      value: [{ name: "sys" }],
      gap: { detail },
    });
  });

  it("are unread when none of them can be read", () => {
    const { readings, unlistedNodes } = observe({ agentPoolProfiles: ["oops"] });
    expect(readings.nodeImages?.state).toBe("unavailable");
    expect(readings.nodeAddresses?.state).toBe("unavailable");
    expect(unlistedNodes).toBeNull();
  });

  it("are unread when the list is none", () => {
    const { readings, pools, unlistedNodes } = observe({ agentPoolProfiles: "x" });
    const detail = "properties.agentPoolProfiles is a string, not a list.";
    expect(readings.nodeImages).toMatchObject({ state: "unavailable", gap: { detail } });
    expect(readings.nodeAddresses).toMatchObject({ state: "unavailable", gap: { detail } });
    expect(pools).toEqual([]);
    expect(unlistedNodes).toBe(detail);
  });
});

describe("nodes that no pool lists", () => {
  it.each([
    ["without auto-provisioning", {}, null],
    ["with manual provisioning", { nodeProvisioningProfile: { mode: "Manual" } }, null],
    ["with an empty block", { nodeProvisioningProfile: {}, hostedSystemProfile: null }, null],
    ["without hosted pools", { hostedSystemProfile: { enabled: false } }, null],
  ])("there are none %s", (_, properties, expected) => {
    expect(observe(properties).unlistedNodes).toBe(expected);
  });

  it.each([
    [
      "auto-provisioning",
      { nodeProvisioningProfile: { mode: "Auto" } },
      "Node auto-provisioning makes nodes that no pool lists.",
    ],
    [
      "hosted system pools",
      { hostedSystemProfile: { enabled: true } },
      "Hosted system pools hold nodes that no pool lists.",
    ],
    ["no list", { agentPoolProfiles: null }, "The cluster lists no node pool."],
    ["an empty list", { agentPoolProfiles: [] }, "The cluster lists no node pool."],
    [
      "a mode not known",
      { nodeProvisioningProfile: { mode: "Magic" } },
      "properties.nodeProvisioningProfile.mode is Magic, a value this version does not know: there may be nodes that no pool lists.",
    ],
    [
      "a malformed mode",
      { nodeProvisioningProfile: { mode: 1 } },
      "properties.nodeProvisioningProfile.mode is a number, not a string. There may be nodes that no pool lists.",
    ],
    [
      "a malformed switch",
      { hostedSystemProfile: { enabled: "no" } },
      "properties.hostedSystemProfile.enabled is a string, not a boolean. There may be nodes that no pool lists.",
    ],
  ])("there may be with %s", (_, properties, reason) => {
    expect(observe(properties).unlistedNodes).toBe(reason);
  });
});

function observe(properties: RawObject): ObservedCluster {
  const mapped = mapManagedCluster(exampleClusterRow(properties));
  if ("readings" in mapped) return mapped;
  throw new Error(mapped.detail);
}

function image(index: number, name: string, osSku: string, imageVersion: string, kubernetesVersion: string) {
  const path = `properties.agentPoolProfiles[${index}].nodeImageVersion`;
  return { path, name, pool: name, osType: "Linux", osSku, imageVersion, kubernetesVersion };
}
