import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { escalation } from "../pod-security-questions.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

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
      assignPolicy("no-privilege-escalation", escalation.definition, {
        forcePrivilegeEscalationToBeFalse: true,
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.2.5", "4.6.2"],
    mcsb: ["PV-2"],
    policy: [escalation.definition],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads({
    expected: "allowPrivilegeEscalation: false",
    questions: [escalation],
  }),
});
