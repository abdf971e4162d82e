import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";
import { blindness, denies, describeEffect } from "../assigned-policies.ts";
import { restrictedInitiative, safeguardsStand, standardMembers } from "../restricted-standard.ts";

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
    const { safeguards, assignedPolicies, policyAddon } = facts;
    const { level, podSecurityStandardsLevel } = safeguards;
    const ofSafeguards = [seen(level, "Enforce"), seen(podSecurityStandardsLevel, "Restricted")];
    const stand = safeguardsStand(safeguards);
    const members = standardMembers(facts);
    const isAssigned = members.every(({ full }) => full.length > 0);

    if (stand !== "enforced" && stand !== "warned" && !isAssigned) {
      if (stand === "unknown")
        return unknown(
          `Deployment safeguards have a level this version does not know: "${level.value}".`,
          ...ofSafeguards,
        );
      const blind = blindness(assignedPolicies);
      return blind === null
        ? notApplicable("The restricted standard is not assigned, which is a failure of its own.")
        : unknown(blind);
    }
    if (!policyAddon.enabled.value) return fail(seen(policyAddon.enabled, true));
    if (stand === "enforced") return pass(...ofSafeguards);

    const refusing = members.map(({ full }) => ({
      full,
      isRefused: full.some((one) => denies(one) === true),
      isOpen: full.some((one) => denies(one) === null),
    }));
    const evidence = distinct(
      refusing.flatMap(({ full, isRefused }) =>
        full
          .filter((one) => !isRefused || denies(one) === true)
          .map((one) => ({ path: one.assignmentId, observed: describeEffect(one), expected: "deny" })),
      ),
    );
    const lax = refusing.filter(({ isRefused }) => !isRefused);
    if (isAssigned && lax.length === 0) return pass(...evidence);
    if (isAssigned && lax.every(({ isOpen }) => isOpen))
      return unknown(
        "Whether the policies refuse or only note down cannot be told from their effect.",
        ...evidence,
      );
    const offenders: readonly Evidence[] = [
      ...(stand === "warned" ? ofSafeguards.slice(0, 1) : []),
      ...evidence.filter(({ observed }) => observed !== "deny"),
    ];
    return isSome(offenders) ? fail(...offenders) : fail(seen(level, "Enforce"));
  },
});

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [`${one.path} ${String(one.observed)}`, one])).values()];
}
