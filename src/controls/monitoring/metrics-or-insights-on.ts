import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const metricsOrInsightsOn = defineControl({
  id: "monitoring.metrics-or-insights-on",
  title: "Azure Monitor gets the cluster's metrics or container logs",
  severity: "low",
  layer: "monitoring",
  rationale:
    "With neither, nobody sees a node run full, a pod restart all night or a miner eat the CPU, and after an incident there is nothing to look back on.",
  remediation: {
    summary:
      "Turn on managed Prometheus, Container Insights or both: one of them is enough here. Each puts an agent on every node and is paid for by what it takes in.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-azure-monitor-metrics",
      "az aks enable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons monitoring --workspace-resource-id '<workspace-id>'",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/monitor-aks" },
  needs: ["metrics"],
  evaluate({ metrics: { insights, insightsProfile, prometheus } }) {
    const on = [insights, insightsProfile, prometheus].filter(({ value }) => value);
    return on.length > 0
      ? pass(...on.map((setting) => seen(setting, true)))
      : fail(seen(insights, true), seen(insightsProfile, true), seen(prometheus, true));
  },
});
