import { expect, test } from "vitest";
import { managedIdentityUsed } from "../../../src/controls/identity/managed-identity-used.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

const application = "0A0B0C0D-1111-4222-8333-444455556666";

describeControl(managedIdentityUsed, {
  pass: {
    "a user-assigned identity": {},
    "a system-assigned identity, in another case": identity("systemassigned", "MSI"),
    "a template that names no client": identity("SystemAssigned", null),
    "a row that has only the client": identity(null, "msi"),
  },
  fail: {
    "an application": identity(null, application),
    "an application beside no identity": identity("None", application),
    "an application beside an identity, which the nodes go on using": identity("SystemAssigned", application),
    "no identity": identity("None", null),
  },
  unknown: {
    "neither is in the row": identity(null, null),
    "a row that contradicts itself": identity("None", "msi"),
    "a type that Azure may add": identity("Federated", "msi"),
    "a client that is neither": identity("SystemAssigned", "workload"),
    "an empty type": identity("", null),
  },
});

test("a failure names the application", () => {
  expect(assess(managedIdentityUsed, snapshot(identity(null, application))).evidence).toContainEqual({
    path: "properties.servicePrincipalProfile.clientId",
    observed: application,
    expected: "msi",
  });
});

test("what is not known is quoted", () => {
  const reasonOf = (changes: Changes) => assess(managedIdentityUsed, snapshot(changes)).reason;
  expect(reasonOf(identity("Federated", "msi"))).toContain('"Federated"');
  expect(reasonOf(identity("SystemAssigned", "workload"))).toContain('"workload"');
});

function identity(type: string | null, clientId: string | null): Changes {
  return { clusterIdentity: { type: set(type), clientId: clientId === null ? absent(null) : set(clientId) } };
}
