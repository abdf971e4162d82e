import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const definition = "df49d893-a74c-421d-bc95-c663042e5b80";

export const rootFilesystemReadOnly = defineControl({
  id: "workloads.root-filesystem-read-only",
  title: "Containers cannot write to their root filesystem",
  severity: "medium",
  layer: "workloads",
  rationale:
    "Whoever breaks into a container first brings tools along and changes programs that run there: a filesystem that takes no writes leaves no place for either.",
  remediation: {
    summary:
      "Set readOnlyRootFilesystem to true and mount an emptyDir where the program writes, such as /tmp; with medium: Memory it lies in memory and counts against the container's limit, without it on the node's disk. What writes elsewhere fails after the restart. Pod security's initiatives do not ask for it: assign the definition by itself.",
    commands: [assignPolicy("read-only-root-filesystem", definition)],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-azure-policy",
    cis: ["4.6.2"],
    mcsb: ["PV-2"],
    policy: [definition],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads({ expected: "readOnlyRootFilesystem: true", questions: [{ definition }] }),
});
