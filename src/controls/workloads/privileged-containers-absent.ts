import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "95edb821-ddaf-4404-9732-666045e056b4";

export const privilegedContainersAbsent = defineControl({
  id: "workloads.privileged-containers-absent",
  title: "No container runs privileged",
  severity: "critical",
  layer: "workloads",
  rationale:
    "A privileged container has every device and capability of its node: whoever takes it over is root there, and reads the secrets and tokens of all other pods beside it.",
  remediation: {
    summary:
      "Take privileged out of the container and give it the one capability it needs, if any; its pods restart. Assign the policy in Audit to have what offends named, and in Deny to refuse what is new: pods that run already stay until they are replaced.",
    commands: [assignPolicy("no-privileged-containers", definition)],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.2.1"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads({ expected: "no privileged container", questions: [{ definition }] }),
});
