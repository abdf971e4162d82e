import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { isObject } from "../json-value.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "423dd1ba-798e-40e4-9c4d-b6902674b423";

/** Pods with this label exchange a token of their own for one of Entra (https://learn.microsoft.com/azure/aks/workload-identity-overview). */
const workloadIdentity = "azure.workload.identity/use";
const withoutWorkloadIdentity = { matchExpressions: [{ key: workloadIdentity, operator: "DoesNotExist" }] };

export const serviceTokensNotMounted = defineControl({
  id: "workloads.service-tokens-not-mounted",
  title: "Pods carry no API token they have no use for",
  severity: "low",
  layer: "workloads",
  rationale:
    "Kubernetes puts a token for its own API into every pod unless told otherwise, and whoever breaks in finds it at a well-known path with all the rights of its service account.",
  remediation: {
    summary:
      "Set automountServiceAccountToken to false on pods that do not call the Kubernetes API; they restart. Workload identity needs a token of another kind, so that pods with its label are left out of the policy by a label selector.",
    commands: [assignPolicy("no-token-mounts", definition, { labelSelector: withoutWorkloadIdentity })],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["4.1.5", "4.1.6"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["B"],
  },
  ...judgedByWorkloads({
    expected: "automountServiceAccountToken: false, or workload identity",
    questions: [
      {
        definition,
        isHarmless: leavesOutWorkloadIdentity,
        compare: ({ parameters: { labelselector } }) =>
          leavesOutWorkloadIdentity(labelselector)
            ? {}
            : { wider: ["objects to pods that use workload identity as well"] },
      },
    ],
  }),
});

/** Exactly the pods with the label of workload identity, and no others, are left out. */
function leavesOutWorkloadIdentity(selector: unknown): boolean {
  if (!isObject(selector) || Object.keys(selector).length !== 1) return false;
  const { matchExpressions: expressions } = selector;
  if (!Array.isArray(expressions) || expressions.length !== 1) return false;
  const [expression]: readonly unknown[] = expressions;
  if (!isObject(expression) || expression.key !== workloadIdentity) return false;
  const { operator, values } = expression;
  return operator === "DoesNotExist" || (operator === "NotIn" && JSON.stringify(values) === '["true"]');
}
