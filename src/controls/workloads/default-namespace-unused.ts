import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "9f061a12-e40d-4183-a00e-171812443373";

export const defaultNamespaceUnused = defineControl({
  id: "workloads.default-namespace-unused",
  title: "Nothing runs in the namespace default",
  severity: "low",
  layer: "workloads",
  rationale:
    "What lands in the namespace default belongs to no team: rights, quotas and network policies are set by namespace, and there they hold for everything or for nothing.",
  remediation: {
    summary:
      "Deploy pods, services and service accounts again into a namespace of their own, then delete them in default; names within the cluster change with the namespace.",
    commands: [assignPolicy("no-default-namespace", definition)],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["4.6.1", "4.6.3"],
    mcsb: ["PV-2"],
    policy: [definition],
  },
  ...judgedByWorkloads({
    expected: "nothing in the namespace default",
    questions: [{ definition, namespace: "default" }],
  }),
});
