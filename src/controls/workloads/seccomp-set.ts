import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { seccomp } from "../pod-security-questions.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

export const seccompSet = defineControl({
  id: "workloads.seccomp-set",
  title: "Containers run under a seccomp profile",
  severity: "medium",
  layer: "workloads",
  rationale:
    "Without a seccomp profile a container may make every system call the kernel knows, the rare and flawed ones by which attackers leave containers among them.",
  remediation: {
    summary:
      "Set seccompProfile to RuntimeDefault for the pod, or to a Localhost profile of your own; it restarts, and the few programs that need a rare system call fail.",
    commands: [
      assignPolicy("seccomp-profile", seccomp.definition, {
        allowedProfiles: ["RuntimeDefault", "Localhost", "localhost/*"],
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/secure-container-access",
    cis: ["4.6.2"],
    policy: [seccomp.definition],
    guides: ["A"],
  },
  ...judgedByWorkloads({
    expected: "seccompProfile RuntimeDefault or Localhost",
    questions: [seccomp],
  }),
});
