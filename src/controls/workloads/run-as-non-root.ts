import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { users } from "../pod-security-questions.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

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
    commands: [assignPolicy("no-root-users", users.definition, { runAsUserRule: "MustRunAsNonRoot" })],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.6.2"],
    mcsb: ["PV-2"],
    policy: [users.definition],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads({
    expected: "a user that is not root",
    questions: [users],
  }),
});
