import { defineControl } from "../../domain/control.ts";
import { judgeStreams } from "../streamed-logs.ts";

export const controlPlaneLogsStreamed = defineControl({
  id: "monitoring.control-plane-logs-streamed",
  title: "The control plane's own logs reach Log Analytics",
  severity: "medium",
  layer: "monitoring",
  rationale:
    "When the API server or a controller misbehaves or is misused, its own log is the only account of it; the platform keeps none that a customer could ask for later.",
  remediation: {
    summary:
      "Send kube-apiserver and kube-controller-manager to a Log Analytics workspace. Settings add up, so one more leaves the others as they are.",
    commands: [
      `az monitor diagnostic-settings create --subscription {subscription} --resource-group {resourceGroup} --resource {cluster} --resource-type Microsoft.ContainerService/managedClusters --name control-plane-to-workspace --workspace '<workspace-resource-id>' --logs '[{"category":"kube-apiserver","enabled":true},{"category":"kube-controller-manager","enabled":true}]'`,
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/monitor-aks",
    cis: ["2.1.1"],
    mcsb: ["LT-3"],
    guides: ["B"],
  },
  needs: ["diagnosticSettings"],
  evaluate({ diagnosticSettings }) {
    return judgeStreams(
      diagnosticSettings,
      ["kube-apiserver", "kube-controller-manager"].map((category) => ({
        name: category,
        categories: [category],
        groups: ["allLogs"],
      })),
    );
  },
});
