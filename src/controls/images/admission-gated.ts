import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import type { AssignedPolicy } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { blindness, denies, describeEffect, policiesInForce } from "../assigned-policies.ts";
import { type Admission, admissionOf } from "../image-expression.ts";
import { narrowings } from "../policy-parameters.ts";

const allowedImages = "febd0533-8e55-448f-b837-bd0e06f16469";
const imageIntegrity = "cf426bb8-b320-4321-8545-1b784a5df3a4";
const expected = "images of chosen registries, or signed ones, and all others denied";

export const admissionGated = defineControl({
  id: "images.admission-gated",
  title: "The cluster refuses images nobody chose",
  severity: "medium",
  layer: "images",
  rationale:
    "Scanning and registries of one's own help only as far as nothing else gets in: unless the cluster refuses other images, one mistyped name runs a stranger's.",
  remediation: {
    summary:
      "Assign the policy on allowed images with an expression that names your registries, first in Audit to see what would be refused, then in Deny: new pods with other images are refused from then on. Image integrity, which admits signed images, is in preview.",
    commands: [
      assignPolicy("allowed-registries", allowedImages, {
        allowedContainerImagesRegex: "^<registry>[.]azurecr[.]io/.+$",
      }),
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["5.1.4"],
    mcsb: ["PV-2"],
    policy: [imageIntegrity, allowedImages],
    guides: ["B"],
  },
  needs: ["clock", "assignedPolicies", "imageGating", "policyAddon"],
  evaluate({ clock, assignedPolicies, imageGating, policyAddon }) {
    const gating = seen(imageGating.enabled, true);
    const inForce = policyAddon.enabled.value ? policiesInForce(assignedPolicies, clock.asOf) : [];
    const gates = inForce
      .filter(({ definition }) => definition === allowedImages || definition === imageIntegrity)
      .map((policy) => ({ policy, admission: admissionBy(policy), left: narrowings(policy) }));

    const closed = gates.filter(
      ({ policy, admission, left }) =>
        admission === "named registries" && left.length === 0 && denies(policy) === true,
    );
    if (closed.length > 0) return pass(...closed.map(({ policy }) => evidenceOf(policy, [])));

    const evidence: readonly Evidence[] = gates.map(({ policy, left }) => evidenceOf(policy, left));
    const isOpen = gates.some(
      ({ policy, admission, left }) =>
        left.length === 0 &&
        denies(policy) !== false &&
        (denies(policy) === null || admission === "undecided" || policy.unreadable.length > 0),
    );
    if (isOpen)
      return unknown("Which images the policy admits, or whether it denies, cannot be told.", ...evidence);
    if (imageGating.enabled.value)
      return unknown(
        "Defender gates images, and its rules may deny or only audit: nobody shows them. The policy on allowed images would decide.",
        gating,
        ...evidence,
      );
    const blind = policyAddon.enabled.value ? blindness(assignedPolicies) : null;
    if (blind !== null) return unknown(blind, gating, ...evidence);
    if (!policyAddon.enabled.value) return fail(seen(policyAddon.enabled, true), gating);
    return isSome(evidence)
      ? fail(...evidence)
      : fail(
          { path: "providers/Microsoft.Authorization/policyAssignments", observed: null, expected },
          gating,
        );
  },
});

/** Image integrity admits what is signed, which is as good as a list of registries. */
function admissionBy({ definition, parameters }: AssignedPolicy): Admission {
  return definition === imageIntegrity
    ? "named registries"
    : admissionOf(parameters.allowedcontainerimagesregex);
}

function evidenceOf(policy: AssignedPolicy, left: readonly string[]): Evidence {
  const { allowedcontainerimagesregex: expression } = policy.parameters;
  const images = typeof expression === "string" ? [`images ${expression}`] : [];
  return { path: policy.assignmentId, observed: [describeEffect(policy), ...images, ...left], expected };
}
