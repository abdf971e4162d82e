import { expect, test } from "vitest";
import { clusterIdentitiesLeastPrivileged } from "../../../src/controls/identity/cluster-identities-least-privileged.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { grant, places } from "../../support/role-grants.ts";
import { absent, type Changes, principalIdOf, snapshot } from "../../support/snapshot.ts";

const kubelet = principalIdOf("kubelet");
const cluster = principalIdOf("cluster");

describeControl(clusterIdentitiesLeastPrivileged, {
  pass: {
    "no mighty role": {},
    "Contributor on the node resource group alone, in another case": holding(
      grant(cluster, "ServicePrincipal", "Contributor", places.nodeGroup),
    ),
    "Contributor on a single resource": holding(
      grant(
        cluster,
        "ServicePrincipal",
        "Contributor",
        `${places.group}/providers/Microsoft.Network/routeTables/rt`,
      ),
    ),
    "a role beyond that does nothing of the kind": holding(
      grant(kubelet, "ServicePrincipal", "AcrPull", places.subscription),
    ),
  },
  fail: {
    "the kubelet is Contributor of the cluster's group": holding(
      grant(kubelet, "ServicePrincipal", "Contributor", places.group),
    ),
    "the cluster may assign roles in the subscription": holding(
      grant(cluster, "ServicePrincipal", "User Access Administrator", places.subscription),
    ),
    "inherited from a management group": holding(
      grant(cluster, "ServicePrincipal", "Role Based Access Control Administrator", places.managementGroup),
    ),
    "at the root of the tenant": holding(grant(cluster, null, "Owner", places.tenant)),
    "a group with a name that only begins like the node group's": holding(
      grant(cluster, "ServicePrincipal", "Owner", `${places.nodeGroup}-2`),
    ),
    "a role of the company's own": holding(
      grant(cluster, "ServicePrincipal", ["everything"], places.otherGroup),
    ),
    "though the other identity is not named": {
      ...holding(grant(kubelet, "ServicePrincipal", "Owner", places.group)),
      principals: { cluster: [] },
    },
  },
  unknown: {
    "a role whose definition nobody shows": holding(
      grant(kubelet, "ServicePrincipal", null, places.subscription),
    ),
    "the kubelet is not named": { principals: { kubelet: absent(null) } },
    "a cluster that acts as an application": { principals: { kubelet: absent(null), cluster: [] } },
  },
});

test("each assignment is named by its id, its holder's object id, its role and its scope", () => {
  const one = grant(kubelet, "ServicePrincipal", "Owner", places.group);
  const other = grant(cluster, "ServicePrincipal", "Contributor", places.subscription);
  expect(assess(clusterIdentitiesLeastPrivileged, snapshot(holding(one, other))).evidence).toMatchObject([
    { path: one.path, observed: `ServicePrincipal ${kubelet}: Owner at ${places.group}` },
    { path: other.path, observed: `ServicePrincipal ${cluster}: Contributor at ${places.subscription}` },
  ]);
});

function holding(...grants: readonly RoleGrant[]): Changes {
  return { identityGrants: { grants } };
}
