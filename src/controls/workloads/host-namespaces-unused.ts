import { defineControl } from "../../domain/control.ts";
import { assignPolicy } from "../assign-policy.ts";
import { hostNetwork } from "../pod-security-questions.ts";
import { podTemplate } from "../pod-template.ts";
import { judgedByWorkloads } from "../workload-scan.ts";

const processes = "47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8";

export const hostNamespacesUnused = defineControl({
  id: "workloads.host-namespaces-unused",
  title: "No pod shares its node's processes, network or ports",
  severity: "high",
  layer: "workloads",
  rationale:
    "A pod in its node's namespaces sees and signals the node's processes, reads what they share in memory, or listens on the node's own network, past every network policy.",
  remediation: {
    summary:
      "Take hostPID, hostIPC, hostNetwork and hostPort out of the pod and reach it by a Service; it restarts. Agents that truly need the node belong into a namespace of their own, left out of the policies by name.",
    commands: [
      assignPolicy("no-host-processes", processes),
      assignPolicy("no-host-networks", hostNetwork.definition, {
        allowHostNetwork: false,
        allowedHostPorts: [],
      }),
    ],
    manifest: podTemplate,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security",
    cis: ["4.2.2", "4.2.3", "4.2.4"],
    mcsb: ["PV-2"],
    policy: [processes, hostNetwork.definition],
    guides: ["A", "B"],
  },
  ...judgedByWorkloads(
    { expected: "neither hostPID nor hostIPC", questions: [{ definition: processes }] },
    { expected: "neither hostNetwork nor hostPort", questions: [hostNetwork] },
  ),
});
