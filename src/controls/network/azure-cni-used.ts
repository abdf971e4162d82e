import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";
import { kubenet } from "../lifecycle.ts";

export const azureCniUsed = defineControl({
  id: "network.azure-cni-used",
  title: "The cluster's network is Azure CNI",
  severity: "medium",
  layer: "network",
  rationale:
    "Kubenet is being retired and knows neither the engines Cilium and Azure for network policies nor Windows pools: a cluster that stays on it gets no newer means of keeping its pods apart.",
  remediation: {
    summary:
      "Move the cluster to Azure CNI Overlay, which cannot be undone: all pools are reimaged at once, and the routes that kubenet needed are deleted.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --network-plugin azure --network-plugin-mode overlay",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/upgrade-aks-ipam-and-dataplane",
    cis: ["4.4.1"],
    policy: ["46238e2f-3f6f-4589-9f3f-77bed4116e67"],
    guides: ["B"],
  },
  needs: ["networkPlugin"],
  evaluate({ networkPlugin: { plugin, mode } }) {
    const evidence = seen(plugin, `azure: kubenet retires on ${kubenet.retirement.on}`);
    switch (plugin.value?.toLowerCase()) {
      case "azure":
        return pass(evidence, seen(mode, "any"));
      case "kubenet":
        return fail(evidence);
      case "none":
        return unknown(
          "The cluster brings a network plugin of its own, which cannot be told from outside.",
          evidence,
        );
      case undefined:
        return unknown(
          "The row names no network plugin, and what Azure chooses then has changed over the years.",
          evidence,
        );
      default:
        return unknown(
          `The cluster has a network plugin this version does not know: "${plugin.value}".`,
          evidence,
        );
    }
  },
});
