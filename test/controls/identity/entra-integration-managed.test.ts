import { expect, test } from "vitest";
import { entraIntegrationManaged } from "../../../src/controls/identity/entra-integration-managed.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const application = "0a0b0c0d-1111-4222-8333-444455556666";
const legacy = { entra: { managed: absent(false), legacyApp: set(application) } };

describeControl(entraIntegrationManaged, {
  pass: {
    "it is managed": {},
    "it is managed and the row still names an application": { entra: { legacyApp: set(application) } },
  },
  fail: {
    "no profile at all": {
      entra: { profile: absent(false), managed: absent(false), azureRbac: absent(false) },
    },
    "the legacy integration by applications": legacy,
    "the legacy integration, said outright": { entra: { ...legacy.entra, managed: set(false) } },
    "a profile that does not say, so it is not managed": { entra: { managed: absent(false) } },
  },
});

test("a legacy integration is told by its application", () => {
  expect(assess(entraIntegrationManaged, snapshot(legacy)).evidence).toEqual([
    { path: "properties.aadProfile.managed", observed: null, expected: true },
    {
      path: "properties.aadProfile.clientAppID",
      observed: application,
      expected: expect.stringContaining("legacy"),
    },
  ]);
});

test("a cluster without integration is not taken for a legacy one", () => {
  const changes = { entra: { profile: absent(false), managed: absent(false) } };
  expect(assess(entraIntegrationManaged, snapshot(changes)).evidence.map(({ path }) => path)).toEqual([
    "properties.aadProfile",
  ]);
});
