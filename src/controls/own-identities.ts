import { isResourceGroupOrWider, isSameScope, type RoleGrant } from "../domain/access.ts";
import type { Facts } from "../domain/facts.ts";
import type { Setting } from "../domain/setting.ts";
import { type Evidence, fail, isSome, pass, seen, unknown, type Verdict } from "../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, opaqueVerdict } from "./role-grants.ts";

const expected = "no Owner, Contributor or right to assign roles beyond the node resource group";

/** Judges what identities that a cluster acts as may do in Azure; `areAll` says that the row names every one in question. */
export function judgeOwnIdentities(
  identities: readonly Setting<string | null>[],
  { nodeGroupId, grants }: Facts["identityGrants"],
  areAll = true,
): Verdict {
  const wide = grants.filter(({ scope }) => isWide(scope, nodeGroupId));
  const mighty: readonly Evidence[] = wide
    .filter((grant) => hasPower(grant, "everything", "roleAssignments"))
    .map((grant: RoleGrant) => grantEvidence(grant, expected));
  if (isSome(mighty)) return fail(...mighty);

  const looked = identities.map((setting) => seen(setting, expected));
  if (!areAll || identities.some(({ value }) => value === null))
    return unknown(
      "The row does not name the object ids of all the cluster's identities; a cluster that acts as an application names none.",
      ...looked,
    );
  return opaqueVerdict(wide.filter(isOpaque), expected) ?? pass(...looked);
}

/** In the node resource group AKS itself makes the identities what they have to be. */
function isWide(scope: string, nodeGroupId: string | null): boolean {
  return isResourceGroupOrWider(scope) && !(nodeGroupId !== null && isSameScope(scope, nodeGroupId));
}
