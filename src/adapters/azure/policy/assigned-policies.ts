import type { AssignedPolicy } from "../../../domain/workloads.ts";
import type { PolicySet } from "./built-in-policies.ts";
import type { MembersOf } from "./policy-members.ts";
import type { ExemptionRow, PolicyAssignment } from "./policy-rows.ts";
import { anyMatches, type Match } from "./policy-selectors.ts";

/** A cluster as policies see it. */
export interface PolicyTarget {
  /** The ids of the cluster and of all that is above it, lower case. */
  readonly scopes: ReadonlySet<string>;
  readonly location: string | null;
}

/** Whether an assignment means the cluster, by its scopes and resource selectors; null when nobody can tell. */
export function isMeant(
  { scope, notScopes, resourceSelectors }: PolicyAssignment,
  { scopes, location }: PolicyTarget,
): Match {
  if (!scopes.has(scope) || notScopes.some((one) => scopes.has(one))) return false;
  return anyMatches(resourceSelectors, { location, reference: null });
}

/** The policies for workloads that an assignment brings to a cluster, with the exemptions that apply there. */
export function policiesOf(
  membersOf: MembersOf,
  assignment: PolicyAssignment,
  set: PolicySet | null,
  target: PolicyTarget,
  exemptions: readonly ExemptionRow[],
): readonly AssignedPolicy[] {
  if (isMeant(assignment, target) === false) return [];
  const members = membersOf(assignment, set, target.location);
  const applying = exemptions.filter(
    ({ scope, resourceSelectors }) =>
      target.scopes.has(scope) &&
      // Where nobody can tell, the cluster may be exempt, and must not pass for protected.
      anyMatches(resourceSelectors, { location: target.location, reference: null }) !== false,
  );
  if (applying.length === 0) return members;
  return members.map((member) => ({
    ...member,
    exemptions: applying
      .filter(
        ({ references }) =>
          references.length === 0 || references.includes(member.reference?.toLowerCase() ?? ""),
      )
      .map(({ id, expiresOn }) => ({ id, expiresOn })),
  }));
}
