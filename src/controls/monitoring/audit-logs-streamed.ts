import { defineControl } from "../../domain/control.ts";
import { judgeStreams } from "../streamed-logs.ts";

export const auditLogsStreamed = defineControl({
  id: "monitoring.audit-logs-streamed",
  title: "The API server's audit logs reach Log Analytics",
  severity: "high",
  layer: "monitoring",
  rationale:
    "Without audit logs nobody can tell afterwards who read a secret or bound a role, and detection rules have nothing to look at; guard's log adds who signed in through Entra.",
  remediation: {
    summary:
      "Send kube-audit-admin (or kube-audit, which is many times larger) and guard to a Log Analytics workspace. Settings add up, so one more leaves the others as they are.",
    commands: [
      `az monitor diagnostic-settings create --subscription {subscription} --resource-group {resourceGroup} --resource {cluster} --resource-type Microsoft.ContainerService/managedClusters --name audit-to-workspace --workspace '<workspace-resource-id>' --logs '[{"category":"kube-audit-admin","enabled":true},{"category":"guard","enabled":true}]'`,
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/monitor-aks",
    cis: ["2.1.1"],
    mcsb: ["LT-3"],
    policy: ["245fc9df-fa96-4414-9a0b-3738c2f7341c"],
    guides: ["A", "B"],
  },
  needs: ["diagnosticSettings"],
  evaluate({ diagnosticSettings }) {
    return judgeStreams(diagnosticSettings, [
      {
        name: "kube-audit-admin or kube-audit",
        categories: ["kube-audit", "kube-audit-admin"],
        groups: ["audit", "allLogs"],
      },
      { name: "guard", categories: ["guard"], groups: ["allLogs"], doubtfulGroups: ["audit"] },
    ]);
  },
});
