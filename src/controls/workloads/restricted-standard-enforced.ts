import { defineControl } from "../../domain/control.ts";
import {
  type Evidence,
  fail,
  isSome,
  notApplicable,
  pass,
  seen,
  unknown,
  type Verdict,
} from "../../domain/verdict.ts";
import type { AssignedPolicy } from "../../domain/workloads.ts";
import { blindness, denies, describeEffect } from "../assigned-policies.ts";
import {
  restrictedInitiative,
  type StandardMember,
  safeguardsStand,
  standardMembers,
} from "../restricted-standard.ts";

export const restrictedStandardEnforced = defineControl({
  id: "workloads.restricted-standard-enforced",
  title: "The restricted pod security standard refuses what offends",
  severity: "medium",
  layer: "workloads",
  rationale:
    "Azure's initiative audits unless told otherwise, and so do safeguards that only warn: a pod that may take over its node is then noted down, and started.",
  remediation: {
    summary:
      "Once nothing offends any more, set the effect to Deny and the mode to Default, or deployment safeguards to Enforce: new pods that offend are refused from then on, while those that run stay until they are replaced. Keep the other parameters of the assignment: the command replaces them all.",
    commands: [
      `az policy assignment create --subscription {subscription} --resource-group {resourceGroup} --name pod-security-restricted --policy-set-definition ${restrictedInitiative} --enforcement-mode Default --params '{"effect":{"value":"Deny"}}'`,
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
    guides: ["A"],
  },
  needs: ["clock", "assignedPolicies", "safeguards", "policyAddon"],
  evaluate(facts) {
    const { safeguards, policyAddon } = facts;
    const { level, podSecurityStandardsLevel } = safeguards;
    const stand = safeguardsStand(safeguards);
    const members = standardMembers(facts);
    const isAssigned = members.every(({ full }) => full.length > 0);

    if (!isAssigned && stand === "unknown")
      return unknown(
        `Deployment safeguards have a level this version does not know: "${level.value}", "${podSecurityStandardsLevel.value}".`,
        seen(level, "Enforce"),
        seen(podSecurityStandardsLevel, "Restricted"),
      );
    if (!isAssigned && stand === "off") {
      const blind = blindness(facts.assignedPolicies);
      return blind === null
        ? notApplicable("The restricted standard is not assigned, which is a failure of its own.")
        : unknown(blind);
    }
    if (!policyAddon.enabled.value) return fail(seen(policyAddon.enabled, true));
    if (stand === "enforced")
      return pass(seen(level, "Enforce"), seen(podSecurityStandardsLevel, "Restricted"));
    return isAssigned ? judgeEffects(members) : fail(seen(level, "Enforce"));
  },
});

/** Every member must be denied by one policy at least; others may audit beside it. */
function judgeEffects(members: readonly StandardMember[]): Verdict {
  const lax = members.filter(({ full }) => !full.some((policy) => denies(policy) === true));
  if (lax.length === 0)
    return pass(
      ...evidenceOf(members.flatMap(({ full }) => full.filter((policy) => denies(policy) === true))),
    );
  const evidence = evidenceOf(lax.flatMap(({ full }) => full));
  const isUntold = lax.every(({ full }) => full.some((policy) => denies(policy) === null));
  if (isUntold || !isSome(evidence))
    return unknown(
      "Whether the policies refuse or only note down cannot be told from their effect.",
      ...evidence,
    );
  return fail(...evidence);
}

/** Members of one assignment mostly share its effect, which need be said once. */
function evidenceOf(policies: readonly AssignedPolicy[]): readonly Evidence[] {
  const pieces = policies.map((policy) => ({
    path: policy.assignmentId,
    observed: describeEffect(policy),
    expected: "deny",
  }));
  return [...new Map(pieces.map((piece) => [`${piece.path} ${piece.observed}`, piece])).values()];
}
