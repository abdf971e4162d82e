import { expect, test } from "vitest";
import { federatedIdentitiesLeastPrivileged } from "../../../src/controls/identity/federated-identities-least-privileged.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { grant, pipeline, places } from "../../support/role-grants.ts";
import { absent, type Changes, snapshot } from "../../support/snapshot.ts";

const identity = `${places.otherGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-checkout`;
const credential = `${identity}/federatedIdentityCredentials/checkout`;

describeControl(federatedIdentitiesLeastPrivileged, {
  pass: {
    "no identity with such a role trusts the cluster": {},
    "a role on a single resource": trusted(
      grant(
        pipeline,
        "ServicePrincipal",
        "Contributor",
        `${places.group}/providers/Microsoft.Storage/storageAccounts/sa`,
      ),
    ),
  },
  fail: {
    "Contributor of a group": trusted(grant(pipeline, "ServicePrincipal", "Contributor", places.otherGroup)),
    "Owner of a subscription beside a small role": trusted(
      grant(pipeline, "ServicePrincipal", "AcrPull", places.subscription),
      grant(pipeline, "ServicePrincipal", "Owner", places.subscription),
    ),
    "the right to assign roles, inherited": trusted(
      grant(pipeline, "ServicePrincipal", "User Access Administrator", places.managementGroup),
    ),
    "a role of the company's own": trusted(grant(pipeline, null, ["roleAssignments"], places.subscription)),
  },
  unknown: {
    "a role whose definition nobody shows": trusted(
      grant(pipeline, "ServicePrincipal", null, places.subscription),
    ),
  },
  notApplicable: {
    "a cluster without an issuer": { tokenIssuer: { url: absent(null) } },
  },
});

test("a failure names the credential, since that is what lets pods in", () => {
  const one = grant(pipeline, "ServicePrincipal", "Owner", places.subscription);
  expect(assess(federatedIdentitiesLeastPrivileged, snapshot(trusted(one))).evidence).toMatchObject([
    { path: credential, observed: expect.stringContaining("Owner") },
  ]);
});

function trusted(...grants: readonly RoleGrant[]): Changes {
  return { federatedIdentities: { identities: [{ path: credential, principalId: pipeline }], grants } };
}
