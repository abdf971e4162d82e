import { nodeGroupAccessLimited } from "../../../src/controls/identity/node-group-access-limited.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { describeControl } from "../../support/describe-control.ts";
import { grant, person, pipeline, places, team } from "../../support/role-grants.ts";
import { absent, type Changes, principalIdOf, set } from "../../support/snapshot.ts";

const scaleSet = `${places.nodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-apps`;
const machineContributor = "Virtual Machine Contributor";
const application = { kubelet: absent(null), cluster: [], others: [] };

describeControl(nodeGroupAccessLimited, {
  pass: {
    "a locked group, whoever holds what": {
      nodeGroupLock: { restriction: set("readonly") },
      nodeGroupAccess: { grants: [grant(person, "User", "Owner", places.nodeGroup)] },
    },
    "an open group in which nobody holds a role": open(),
    "the cluster's own identities": open(
      ...(["kubelet", "cluster", "addon"] as const).map((name) =>
        grant(principalIdOf(name).toUpperCase(), "ServicePrincipal", "Contributor", places.nodeGroup),
      ),
    ),
    "a role that changes no machine": open(grant(person, "User", "Reader", places.nodeGroup)),
  },
  fail: {
    "a person": open(grant(person, "User", machineContributor, places.nodeGroup)),
    "a group, at one scale set": open(grant(team, "Group", machineContributor, scaleSet)),
    "a log-in": open(grant(person, "User", "Virtual Machine Administrator Login", places.nodeGroup)),
    "a pipeline beside the cluster": open(
      grant(principalIdOf("cluster"), "ServicePrincipal", "Contributor", places.nodeGroup),
      grant(pipeline, "ServicePrincipal", ["machines"], places.nodeGroup),
    ),
    "a person, on a cluster that acts as an application": {
      ...open(grant(person, "User", "Owner", places.nodeGroup)),
      principals: application,
    },
  },
  unknown: {
    "a role whose definition nobody shows": open(grant(person, "User", null, places.nodeGroup)),
    "a restriction that Azure may add, where nobody holds anything": {
      nodeGroupLock: { restriction: set("Guarded") },
    },
    "a restriction that Azure may add": {
      nodeGroupLock: { restriction: set("Guarded") },
      nodeGroupAccess: { grants: [grant(person, "User", "Owner", places.nodeGroup)] },
    },
    "an application that may be the cluster's own": {
      ...open(grant(pipeline, "ServicePrincipal", "Contributor", places.nodeGroup)),
      principals: application,
    },
  },
});

function open(...grants: readonly RoleGrant[]): Changes {
  return { nodeGroupLock: { restriction: absent("Unrestricted") }, nodeGroupAccess: { grants } };
}
