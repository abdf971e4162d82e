import { type RoleGrant, reachOf } from "../../domain/access.ts";
import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, unknown } from "../../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, noAssignment, opaqueVerdict } from "../role-grants.ts";

const expected = "held by a group";

export const adminAccessByGroup = defineControl({
  id: "identity.admin-access-by-group",
  title: "Nobody administers the cluster but through a group",
  severity: "high",
  layer: "identity",
  rationale:
    "A role given to one person outlives the job they had, escapes the reviews that groups get, and is missed when access has to end tonight.",
  remediation: {
    summary:
      "Put the person into a group that holds the role, then take the role from the person; members of a group come and go without a change in Azure. What was made by privileged identity management is ended there.",
    commands: [
      "az role assignment create --subscription {subscription} --assignee-object-id '<group-object-id>' --assignee-principal-type Group --role '<role>' --scope '<scope>'",
      "az role assignment delete --subscription {subscription} --ids {assignment}",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/manage-azure-rbac", guides: ["B"] },
  needs: ["entra", "clusterAccess"],
  evaluate({ entra: { azureRbac }, clusterAccess: { grants } }) {
    const mighty = grants.filter((grant) => makesAdmin(grant, azureRbac.value));
    const users = mighty.filter((grant) => isOfType(grant, "user"));
    const offenders: readonly Evidence[] = users.map((grant) => grantEvidence(grant, expected));
    if (isSome(offenders)) return fail(...offenders);

    const doubtful = mighty.filter((grant) => !isOfType(grant, ...harmlessTypes));
    if (doubtful.length > 0)
      return unknown(
        "An assignment does not say whether a person holds it: az ad user show --id <object-id> would tell.",
        ...doubtful.map((grant) => grantEvidence(grant, expected)),
      );
    const opaque = grants.filter((grant) => isOpaque(grant) && !isOfType(grant, ...harmlessTypes));
    return (
      opaqueVerdict(opaque, expected) ??
      pass(
        ...(mighty.length > 0
          ? mighty.map((grant) => grantEvidence(grant, expected))
          : [{ path: noAssignment, observed: null, expected }]),
      )
    );
  },
});

const harmlessTypes = ["group", "foreigngroup", "serviceprincipal", "device"];

function isOfType({ principalType }: RoleGrant, ...types: readonly string[]): boolean {
  return principalType !== null && types.includes(principalType.toLowerCase());
}

/**
 * Roles for everything count where they were given for the cluster or its group: higher up they are another question.
 * At a Fleet only data roles reach into its members, and those everywhere only while Azure RBAC is asked.
 */
function makesAdmin(grant: RoleGrant, isAzureRbacOn: boolean): boolean {
  if (hasPower(grant, "clusterData") && isAzureRbacOn) return true;
  if (/\/providers\/microsoft\.containerservice\/fleets\//i.test(`${grant.scope}/`)) return false;
  if (!hasPower(grant, "clusterAdmin", "clusterWrite")) return false;
  return !hasPower(grant, "everything") || ["resourceGroup", "resource"].includes(reachOf(grant.scope));
}
