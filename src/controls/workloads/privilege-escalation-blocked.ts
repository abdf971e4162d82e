import { defineControl } from "../../domain/control.ts";
import type { WorkloadQuestion } from "../../domain/workloads.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { type Difference, majorVersion } from "../policy-parameters.ts";
import { judgeWorkloads } from "../workload-scan.ts";

const definition = "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99";

export const privilegeEscalationBlocked = defineControl({
  id: "workloads.privilege-escalation-blocked",
  title: "Containers cannot raise their privileges",
  severity: "high",
  layer: "workloads",
  rationale:
    "Unless allowPrivilegeEscalation is false, a process may become more than it was started as, by a set-user-id program for example: running as somebody else than root then protects little.",
  remediation: {
    summary:
      "Set allowPrivilegeEscalation to false on every container; its pods restart, and programs that rely on sudo or set-user-id fail. From version 8 on the policy lets containers pass that leave it unset: ask for false by its parameter.",
    commands: [
      assignPolicy("no-privilege-escalation", definition, { forcePrivilegeEscalationToBeFalse: true }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.2.5", "4.6.2"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["A", "B"],
  },
  needs: ["policyAddon", "workloadScan"],
  evaluate(facts) {
    return judgeWorkloads(facts, {
      expected: "allowPrivilegeEscalation: false",
      questions: [{ definition, compare }],
    });
  },
});

/** The parameter came with version 8; before that the policy always asked for false. */
function compare(asked: WorkloadQuestion): Partial<Difference> {
  const isForced = asked.parameters.forceprivilegeescalationtobefalse === true || majorVersion(asked) < 8;
  return isForced ? {} : { looser: ["lets containers pass that leave allowPrivilegeEscalation unset"] };
}
