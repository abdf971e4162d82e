import { describe, expect, it } from "vitest";
import {
  mapClusterPrincipals,
  mapLinkLocal,
  mapTokenIssuer,
} from "../../../../src/adapters/azure/cluster/identity-settings.ts";
import { describeSetting } from "../../../support/describe-setting.ts";

const [one, two, three] = ["1", "2", "3"].map((digit) => `0000000${digit}-0000-4000-8000-000000000001`);

describeSetting<string | null>({
  group: "principals",
  path: "properties.identityProfile.kubeletidentity.objectId",
  read: (root) => mapClusterPrincipals(root).kubelet,
  present: [String(one)],
  byDefault: null,
  expected: "a string",
});

describeSetting<string | null>({
  group: "tokenIssuer",
  path: "properties.oidcIssuerProfile.issuerURL",
  read: (root) => mapTokenIssuer(root).url,
  present: ["https://westeurope.oic.prod-aks.azure.com/tenant/one/"],
  byDefault: null,
  expected: "a string",
});

describeSetting<string>({
  group: "linkLocal",
  path: "properties.networkProfile.podLinkLocalAccess",
  read: (root) => mapLinkLocal(root).access,
  present: ["IMDS", "None"],
  byDefault: "IMDS",
  expected: "a string",
});

describe("the identities of a cluster", () => {
  const read = (value: unknown) => mapClusterPrincipals({ path: "", value });

  it("are that of the system and those that people assigned", () => {
    const assigned = { "/subscriptions/x/id": { principalId: two, clientId: three } };
    expect(read({ identity: { principalId: one, userAssignedIdentities: assigned } }).cluster).toEqual([
      { path: "identity.principalId", observed: one, value: one },
      {
        path: "identity.userAssignedIdentities['/subscriptions/x/id'].principalId",
        observed: two,
        value: two,
      },
    ]);
  });

  it("are those of add-ons, too, where they have any", () => {
    const addonProfiles = { azurepolicy: { identity: { objectId: three } }, omsagent: { enabled: false } };
    expect(read({ properties: { addonProfiles } }).others).toEqual([
      { path: "properties.addonProfiles['azurepolicy'].identity.objectId", observed: three, value: three },
    ]);
  });

  it.each([{}, { identity: null }, { identity: { type: "None" }, properties: { addonProfiles: null } }])(
    "may be none: %j",
    (row) => {
      expect(read(row)).toMatchObject({ cluster: [], others: [] });
    },
  );

  it.each([
    { identity: "id" },
    { identity: { principalId: 7 } },
    { identity: { userAssignedIdentities: { id: { clientId: "x" } } } },
    { identity: { userAssignedIdentities: [] } },
    { properties: { addonProfiles: { azurepolicy: { identity: "id" } } } },
  ])("cannot be told from what is malformed: %j", (row) => {
    expect(() => read(row)).toThrow(/ is /);
  });
});
