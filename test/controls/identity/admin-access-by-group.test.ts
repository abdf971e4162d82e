import { expect, test } from "vitest";
import { adminAccessByGroup } from "../../../src/controls/identity/admin-access-by-group.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { grant, person, pipeline, places, team } from "../../support/role-grants.ts";
import { type Changes, set, snapshot } from "../../support/snapshot.ts";

const clusterAdmin = "Azure Kubernetes Service RBAC Cluster Admin";
const writer = "Azure Kubernetes Service RBAC Writer";
const fleetAdmin = "Azure Kubernetes Fleet Manager RBAC Cluster Admin for Member Clusters";
const azureRbacOff: Changes = { entra: { azureRbac: set(false) } };

describeControl(adminAccessByGroup, {
  pass: {
    "nobody at all": {},
    "a group": holding(grant(team, "Group", clusterAdmin, places.cluster)),
    "a pipeline, and a group of another tenant": holding(
      grant(pipeline, "ServicePrincipal", "Contributor", places.group),
      grant(team, "ForeignGroup", clusterAdmin, places.cluster),
    ),
    "a person who owns the subscription, which is another question": holding(
      grant(person, "User", "Owner", places.subscription),
      grant(person, "User", "Contributor", places.managementGroup),
    ),
    "a person's data role while Azure RBAC is off": {
      ...holding(grant(person, "User", clusterAdmin, places.cluster)),
      ...azureRbacOff,
    },
    "a person who may change a Fleet and not its members": holding(
      grant(person, "User", "Contributor", places.fleet),
      grant(person, "User", "Azure Kubernetes Service Contributor Role", places.fleet),
    ),
    "a group whose role nobody shows": holding(grant(team, "Group", null, places.group)),
  },
  fail: {
    "a person with a data role": holding(grant(person, "User", clusterAdmin, places.cluster)),
    "a person who may write in one namespace": holding(grant(person, "User", writer, places.namespace)),
    "a person beside a group": holding(
      grant(team, "Group", clusterAdmin, places.cluster),
      grant(person, "user", clusterAdmin, places.group),
    ),
    "inherited from a management group": holding(
      grant(person, "User", "Azure Kubernetes Service RBAC Admin", places.managementGroup),
    ),
    "at the root of the tenant": holding(grant(person, "User", clusterAdmin, places.tenant)),
    "at a Fleet the cluster is a member of": holding(grant(person, "User", fleetAdmin, places.fleet)),
    "cluster-admin credentials, though Azure RBAC is off": {
      ...holding(grant(person, "User", "Azure Kubernetes Service Cluster Admin Role", places.subscription)),
      ...azureRbacOff,
    },
    "the right to change clusters": holding(
      grant(person, "User", "Azure Kubernetes Service Contributor Role", places.subscription),
    ),
    "Owner of the cluster": holding(grant(person, "User", "Owner", places.cluster)),
    "Contributor of the cluster's group": holding(grant(person, "User", "Contributor", places.group)),
    "a role of the company's own": holding(grant(person, "User", ["clusterAdmin"], places.subscription)),
  },
  unknown: {
    "an assignment of old that does not say who holds it": holding(
      grant(person, null, clusterAdmin, places.cluster),
    ),
    "a kind of holder that Azure may add": holding(grant(person, "Robot", clusterAdmin, places.cluster)),
    "a person whose role nobody shows": holding(grant(person, "User", null, places.subscription)),
  },
});

test("a person is named by the object id and nothing else", () => {
  const { evidence } = assess(
    adminAccessByGroup,
    snapshot(holding(grant(person, "User", clusterAdmin, places.cluster))),
  );
  expect(evidence).toEqual([
    {
      path: `${places.cluster}/providers/Microsoft.Authorization/roleAssignments/${person}`,
      observed: `User ${person}: ${clusterAdmin} at ${places.cluster}`,
      expected: "held by a group",
    },
  ]);
});

test("groups and applications that pass are listed", () => {
  const { evidence } = assess(
    adminAccessByGroup,
    snapshot(
      holding(
        grant(team, "Group", clusterAdmin, places.cluster),
        grant(pipeline, "ServicePrincipal", writer, places.cluster),
      ),
    ),
  );
  expect(evidence).toHaveLength(2);
});

function holding(...grants: readonly RoleGrant[]): Changes {
  return { clusterAccess: { grants } };
}
