import type { AssignedPolicies, AssignedPolicy } from "../domain/workloads.ts";

/** Deployment safeguards assign an initiative that holds every member at any level, so that only the level says what they ask. */
const safeguardsInitiative = "c047ea8e-9c78-49b2-958b-37e56d291a44";

/** The policies that hold for the cluster on a day: neither switched off nor lifted by an exemption, and no part of deployment safeguards. */
export function policiesInForce({ policies }: AssignedPolicies, asOf: string): readonly AssignedPolicy[] {
  return policies.filter(
    ({ effect, exemptions, initiative }) =>
      effect !== "disabled" &&
      initiative !== safeguardsInitiative &&
      !exemptions.some(({ expiresOn }) => expiresOn === null || expiresOn.slice(0, 10) >= asOf),
  );
}

/** A policy that refuses what offends; null when its effect cannot be told. */
export function denies({ effect, isEnforced }: AssignedPolicy): boolean | null {
  if (!isEnforced) return false;
  return effect === null ? null : effect === "deny";
}

/** What a policy does to what offends, for evidence. */
export function describeEffect({ effect, isEnforced }: AssignedPolicy): string {
  return `${effect ?? "an effect that cannot be told"}${isEnforced ? "" : ", not enforced (DoNotEnforce)"}`;
}

/** Why what was not found may be there all the same; null when everything was seen. */
export function blindness({ unseen }: AssignedPolicies): string | null {
  return unseen.length === 0
    ? null
    : `The monitor does not see everything that may be assigned: ${unseen.join("; ")}.`;
}
