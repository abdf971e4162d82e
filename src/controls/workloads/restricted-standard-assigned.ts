import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import { type Evidence, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { blindness } from "../assigned-policies.ts";
import {
  isBaselineAlone,
  restrictedInitiative,
  safeguardsStand,
  standardMembers,
} from "../restricted-standard.ts";
import { resourceLimitsSet } from "./resource-limits-set.ts";
import { rootFilesystemReadOnly } from "./root-filesystem-read-only.ts";

const expected = "the restricted pod security standard, for the whole cluster";

export const restrictedStandardAssigned = defineControl({
  id: "workloads.restricted-standard-assigned",
  title: "The restricted pod security standard is assigned",
  severity: "high",
  layer: "workloads",
  rationale:
    "Without it nothing speaks up when a pod asks for root, for its node's files or for privileges: whoever may deploy may take over the node.",
  remediation: {
    summary:
      "Assign Azure's restricted initiative in Audit, mend what it names, then set its effect to Deny; or choose the level Restricted in deployment safeguards. The initiative asks neither for a read-only root filesystem nor for limits: assign those definitions beside it. Namespaces that an assignment leaves out stay unprotected.",
    commands: [
      `az policy assignment create --subscription {subscription} --resource-group {resourceGroup} --name pod-security-restricted --policy-set-definition ${restrictedInitiative} --params '{"effect":{"value":"Audit"}}'`,
      ...rootFilesystemReadOnly.remediation.commands,
      ...resourceLimitsSet.remediation.commands,
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
    guides: ["A", "B"],
  },
  needs: ["clock", "assignedPolicies", "safeguards"],
  evaluate(facts) {
    const { level, podSecurityStandardsLevel } = facts.safeguards;
    const stand = safeguardsStand(facts.safeguards);
    const ofSafeguards = [seen(level, "Warn or Enforce"), seen(podSecurityStandardsLevel, "Restricted")];
    if (stand === "enforced" || stand === "warned") return pass(...ofSafeguards);

    const members = standardMembers(facts);
    if (members.every(({ full }) => full.length > 0)) {
      const ids = members.flatMap(({ full }) => full.map(({ assignmentId }) => assignmentId));
      return pass(...[...new Set(ids)].map((path) => ({ path, observed: "in force", expected })));
    }

    const evidence = shortfalls(facts);
    if (stand === "unknown")
      return unknown(
        `Deployment safeguards have a level this version does not know: "${level.value}", "${podSecurityStandardsLevel.value}".`,
        ...ofSafeguards,
      );
    const blind = blindness(facts.assignedPolicies);
    if (blind !== null) return unknown(blind, ...evidence);
    const missing = members.filter(({ full }) => full.length === 0).map(({ name }) => name);
    const reason = isBaselineAlone(facts)
      ? `Only the baseline standard is assigned; the restricted one lacks ${missing.join(", ")}.`
      : `Not asked of the whole cluster: ${missing.join(", ")}.`;
    return { kind: "fail", evidence, reason };
  },
});

/** What is in force but does not ask enough, or that nothing is. */
function shortfalls(
  facts: Pick<Facts, "assignedPolicies" | "clock">,
): readonly [Evidence, ...(readonly Evidence[])] {
  const pieces = standardMembers(facts).flatMap(({ short }) =>
    short.map(({ policy, why }) => ({ path: policy.assignmentId, observed: why.join(" and "), expected })),
  );
  const distinct = [...new Map(pieces.map((piece) => [`${piece.path} ${piece.observed}`, piece])).values()];
  return isSome(distinct)
    ? distinct
    : [{ path: "providers/Microsoft.Authorization/policyAssignments", observed: null, expected }];
}
