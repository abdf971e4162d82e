import { describe, expect, test } from "vitest";
import { mapAgentPools } from "../../../../src/adapters/azure/agent-pools.ts";
import { mapPoolSettings } from "../../../../src/adapters/azure/cluster/pool-settings.ts";

const scope = "/subscriptions/1/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks";
const groups = ["poolVersions", "hostEncryption", "sshAccess", "trustedLaunch", "osDisks"] as const;

const full = {
  name: "system",
  osType: "Linux",
  vmSize: "Standard_D4ds_v5",
  osDiskType: "Ephemeral",
  workloadRuntime: "OCIContainer",
  nodeImageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
  orchestratorVersion: "1.35",
  currentOrchestratorVersion: "1.35.6",
  enableEncryptionAtHost: true,
  securityProfile: { sshAccess: "Disabled", enableSecureBoot: true, enableVTPM: true },
};

describe("settings of node pools", () => {
  test("are read as they stand, with their places and pools", () => {
    const path = "properties.agentPoolProfiles[0]";
    expect(read([full])).toEqual({
      poolVersions: collectedOf({
        ...seenAt(`${path}.currentOrchestratorVersion`, "1.35.6"),
        pool: "system",
      }),
      hostEncryption: collectedOf({ ...seenAt(`${path}.enableEncryptionAtHost`, true), pool: "system" }),
      sshAccess: collectedOf({ ...seenAt(`${path}.securityProfile.sshAccess`, "Disabled"), pool: "system" }),
      trustedLaunch: collectedOf({
        pool: "system",
        osType: "Linux",
        vmSize: "Standard_D4ds_v5",
        workloadRuntime: "OCIContainer",
        imageVersion: "AKSAzureLinux-V3gen2-202611.02.0",
        secureBoot: seenAt(`${path}.securityProfile.enableSecureBoot`, true),
        vtpm: seenAt(`${path}.securityProfile.enableVTPM`, true),
      }),
      osDisks: collectedOf({
        pool: "system",
        osType: "Linux",
        type: seenAt(`${path}.osDiskType`, "Ephemeral"),
      }),
    });
  });

  test.each([
    ["absent", { name: "apps" }],
    ["null", { name: "apps", ...nulls(full), securityProfile: null }],
    ["in an empty profile", { name: "apps", securityProfile: { sshAccess: null, enableVTPM: null } }],
  ])("%s mean what Azure documents, and were not seen", (_, pool) => {
    expect(read([pool])).toMatchObject({
      poolVersions: collectedOf({ pool: "apps", observed: null, value: null }),
      hostEncryption: collectedOf({ pool: "apps", observed: null, value: false }),
      sshAccess: collectedOf({ pool: "apps", observed: null, value: "LocalUser" }),
      trustedLaunch: collectedOf({
        pool: "apps",
        osType: "Linux",
        vmSize: null,
        workloadRuntime: null,
        imageVersion: null,
        secureBoot: { observed: null, value: false },
        vtpm: { observed: null, value: false },
      }),
      osDisks: collectedOf({ pool: "apps", osType: "Linux", type: { observed: null, value: null } }),
    });
  });

  test("show the version that was asked for where none runs yet", () => {
    expect(read([{ name: "apps", orchestratorVersion: "1.35" }]).poolVersions).toEqual(
      collectedOf({ ...seenAt("properties.agentPoolProfiles[0].orchestratorVersion", "1.35"), pool: "apps" }),
    );
  });

  test.each([
    ["poolVersions", { currentOrchestratorVersion: 1.35 }],
    ["poolVersions", { currentOrchestratorVersion: null, orchestratorVersion: ["1.35"] }],
    ["hostEncryption", { enableEncryptionAtHost: "true" }],
    ["sshAccess", { securityProfile: { ...full.securityProfile, sshAccess: false } }],
    ["trustedLaunch", { securityProfile: { ...full.securityProfile, enableSecureBoot: "true" } }],
    ["trustedLaunch", { securityProfile: { ...full.securityProfile, enableVTPM: 1 } }],
    ["trustedLaunch", { vmSize: { name: "Standard_D4ds_v5" } }],
  ] as const)("of a wrong type leave %s of that pool unread and nothing else (%j)", (broken, change) => {
    const readings = read([full, { ...full, name: "apps", ...change }, { ...full, name: "jobs" }]);
    for (const group of groups) {
      const isBroken = group === broken;
      expect(readings[group]).toMatchObject({
        state: isBroken ? "partial" : "collected",
        ...(isBroken ? { gap: { scope, reason: "malformed" } } : {}),
        value: {
          listed: isBroken
            ? [{ pool: "system" }, { pool: "jobs" }]
            : [{ pool: "system" }, { pool: "apps" }, { pool: "jobs" }],
        },
      });
    }
  });

  test("are unread where every pool is of a wrong type", () => {
    const readings = read([{ ...full, enableEncryptionAtHost: 1 }]);
    expect(readings.hostEncryption).toMatchObject({ state: "unavailable", gap: { reason: "malformed" } });
    expect(readings.sshAccess).toMatchObject({ state: "collected" });
  });

  test.each([["text"], [7], [null], [{ count: 3 }], [{ ...full, name: 5 }]])(
    "of a pool that is no pool with a name (%j) leave every group read in part",
    (odd) => {
      const readings = read([full, odd]);
      for (const group of groups) {
        expect(readings[group]).toMatchObject({ state: "partial", value: { listed: [{ pool: "system" }] } });
      }
    },
  );

  test("a security profile of a wrong type hides what stands in it", () => {
    const readings = read([full, { ...full, name: "apps", securityProfile: "none" }]);
    expect(readings.sshAccess).toMatchObject({ state: "partial" });
    expect(readings.trustedLaunch).toMatchObject({ state: "partial" });
    expect(readings.hostEncryption).toMatchObject({ state: "collected" });
  });

  test.each([["a text"], [{ name: "system" }], [true]])("are unread in a list that is none: %j", (list) => {
    const readings = read(list);
    for (const group of groups) {
      expect(readings[group]).toMatchObject({
        state: "unavailable",
        gap: { scope, detail: expect.stringContaining("properties.agentPoolProfiles") },
      });
    }
  });

  test.each([[[]], [null], [undefined]])(
    "keep why there may be other nodes, with or without a pool: %j",
    (list) => {
      const unlisted = "Node auto-provisioning makes nodes that no pool lists.";
      for (const group of groups) {
        expect(read(list, unlisted)[group]).toEqual({ state: "collected", value: { listed: [], unlisted } });
        expect(read([full], unlisted)[group]).toMatchObject({ state: "collected", value: { unlisted } });
        expect(read([full, 7], unlisted)[group]).toMatchObject({ state: "partial", value: { unlisted } });
      }
    },
  );

  test("are read as far as they are asked for", () => {
    const pools = mapAgentPools(scope, { path: "properties.agentPoolProfiles", value: [full] });
    for (const group of groups) {
      const asked = mapPoolSettings(scope, pools, { unlisted: null, isAsked: (other) => other === group });
      expect(Object.keys(asked)).toEqual([group]);
    }
  });
});

function read(list: unknown, unlisted: string | null = null) {
  const pools = mapAgentPools(scope, { path: "properties.agentPoolProfiles", value: list });
  return mapPoolSettings(scope, pools, { unlisted, isAsked: () => true });
}

function collectedOf(...listed: readonly unknown[]) {
  return { state: "collected", value: { listed, unlisted: null } };
}

function seenAt(path: string, value: unknown) {
  return { path, observed: value, value };
}

function nulls(row: object): Readonly<Record<string, null>> {
  return Object.fromEntries(Object.keys(row).flatMap((key) => (key === "name" ? [] : [[key, null]])));
}
