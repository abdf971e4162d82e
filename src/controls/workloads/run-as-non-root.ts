import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import type { Difference } from "../policy-parameters.ts";
import { judgeWorkloads } from "../workload-scan.ts";

const definition = "f06ddb64-5fa3-4b77-b166-acb36f7f6042";

export const runAsNonRoot = defineControl({
  id: "workloads.run-as-non-root",
  title: "No container runs as root",
  severity: "high",
  layer: "workloads",
  rationale:
    "Root in a container is root on the node the moment a flaw in the kernel or the runtime lets it out, and until then may change whatever the container holds.",
  remediation: {
    summary:
      "Set runAsNonRoot and a user id that is not 0, and give that user what it must write; the pods restart. Pod security's restricted initiative asks for group ids as well, so that its offenders may be no root at all: the definition by itself tells them apart.",
    commands: [assignPolicy("no-root-users", definition, { runAsUserRule: "MustRunAsNonRoot" })],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.6.2"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["A", "B"],
  },
  needs: ["policyAddon", "workloadScan"],
  evaluate(facts) {
    return judgeWorkloads(facts, {
      expected: "a user that is not root",
      questions: [{ definition, compare }],
    });
  },
});

const groupRules = ["runasgrouprule", "supplementalgroupsrule", "fsgrouprule"] as const;

/** Groups must not matter for the policy to ask the same; ranges of user ids would be another question altogether. */
function compare({ parameters }: WorkloadQuestion): Difference {
  const { runasuserrule } = parameters;
  const asksForOther = runasuserrule !== "MustRunAsNonRoot";
  const asksForGroups = groupRules.some((rule) => (parameters[rule] ?? "RunAsAny") !== "RunAsAny");
  return {
    looser: asksForOther ? [`has the rule ${JSON.stringify(runasuserrule)} for users`] : [],
    wider: [
      ...(runasuserrule === "MustRunAs" ? ["asks for certain user ids"] : []),
      ...(asksForGroups ? ["asks for group ids as well"] : []),
    ],
  };
}
