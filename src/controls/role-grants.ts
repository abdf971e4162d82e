import type { RoleGrant, RolePower } from "../domain/access.ts";
import { type Evidence, isSome, unknown, type Verdict } from "../domain/verdict.ts";

/** Where assignments would be, for evidence that there is none. */
export const noAssignment = "providers/Microsoft.Authorization/roleAssignments";

/** Names of people go into no evidence: the object id alone does. */
export function grantEvidence(
  { path, scope, principalId, principalType, role }: RoleGrant,
  expected: string,
): Evidence {
  return {
    path,
    observed: `${principalType ?? "Somebody"} ${principalId}: ${role.name} at ${scope}`,
    expected,
  };
}

/** Whether a role's definition says that it has one of these powers. */
export function hasPower({ role }: RoleGrant, ...powers: readonly RolePower[]): boolean {
  return powers.some((power) => role.powers?.includes(power) === true);
}

/** Nobody shows the role's definition: it may do anything. */
export function isOpaque({ role }: RoleGrant): boolean {
  return role.powers === null;
}

/** What to say of assignments that would decide, were their roles known; null when there are none. */
export function opaqueVerdict(grants: readonly RoleGrant[], expected: string): Verdict | null {
  const evidence = grants.map((grant) => grantEvidence(grant, expected));
  if (!isSome(evidence)) return null;
  return unknown(
    "Resource Graph does not show the definition of a role that is assigned here: the role Reader on the management groups the role can be assigned in would tell.",
    ...evidence,
  );
}
