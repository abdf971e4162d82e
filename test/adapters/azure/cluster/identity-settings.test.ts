import { describe, expect, it } from "vitest";
import {
  mapClusterIdentity,
  mapEntra,
  mapKubernetesRbac,
  mapLocalAccounts,
  mapPodIdentity,
  mapWorkloadIdentity,
} from "../../../../src/adapters/azure/cluster/identity-settings.ts";
import { describeSetting, rowWith } from "../../../support/describe-setting.ts";

const application = "0a0b0c0d-1111-4222-8333-444455556666";
const client = "0a0b0c0d-1111-4222-8333-777788889999";

describeSetting<boolean>({
  group: "localAccounts",
  path: "properties.disableLocalAccounts",
  read: (root) => mapLocalAccounts(root).disabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "entra",
  path: "properties.aadProfile.managed",
  read: (root) => mapEntra(root).managed,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "entra",
  path: "properties.aadProfile.enableAzureRBAC",
  read: (root) => mapEntra(root).azureRbac,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<string | null>({
  group: "entra",
  path: "properties.aadProfile.clientAppID",
  read: (root) => mapEntra(root).legacyApp,
  present: [client],
  byDefault: null,
  expected: "a string",
});

describeSetting<boolean | null>({
  group: "kubernetesRbac",
  path: "properties.enableRBAC",
  read: (root) => mapKubernetesRbac(root).enabled,
  present: [true, false],
  byDefault: null,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "workloadIdentity",
  path: "properties.securityProfile.workloadIdentity.enabled",
  read: (root) => mapWorkloadIdentity(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "workloadIdentity",
  path: "properties.oidcIssuerProfile.enabled",
  read: (root) => mapWorkloadIdentity(root).issuer,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<boolean>({
  group: "podIdentity",
  path: "properties.podIdentityProfile.enabled",
  read: (root) => mapPodIdentity(root).enabled,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting<string | null>({
  group: "clusterIdentity",
  path: "identity.type",
  read: (root) => mapClusterIdentity(root).type,
  present: ["SystemAssigned", "UserAssigned", "None", "Federated"],
  byDefault: null,
  expected: "a string",
});

describeSetting<string | null>({
  group: "clusterIdentity",
  path: "properties.servicePrincipalProfile.clientId",
  read: (root) => mapClusterIdentity(root).clientId,
  present: ["msi", client],
  byDefault: null,
  expected: "a string",
});

describe("the Entra profile", () => {
  it.each([
    ["undefined", undefined],
    ["null", null],
    ["empty text", ""],
    ["an empty object", {}],
  ])("is not there when the row has %s", (_, nothing) => {
    expect(mapEntra(rowWith("properties.aadProfile", nothing)).profile).toEqual({
      path: "properties.aadProfile",
      observed: null,
      value: false,
    });
  });

  it("is there with whatever property", () => {
    const { profile, managed } = mapEntra(rowWith("properties.aadProfile", { tenantID: application }));
    expect(profile).toEqual({ path: "properties.aadProfile", observed: true, value: true });
    expect(managed).toMatchObject({ observed: null, value: false });
  });

  it("of old is told by its server's application, or else by its client's", () => {
    const legacyApp = (profile: object) => mapEntra(rowWith("properties.aadProfile", profile)).legacyApp;
    const path = "properties.aadProfile.serverAppID";
    expect(legacyApp({ serverAppID: application, clientAppID: client })).toMatchObject({
      path,
      value: application,
    });
    expect(legacyApp({ serverAppID: application })).toMatchObject({ path, value: application });
    expect(legacyApp({ serverAppID: "", clientAppID: client })).toMatchObject({
      path: "properties.aadProfile.clientAppID",
      value: client,
    });
  });

  it("is not read with a number for its server's application", () => {
    expect(() => mapEntra(rowWith("properties.aadProfile.serverAppID", 7))).toThrow(
      "properties.aadProfile.serverAppID is a number, not a string.",
    );
  });
});
