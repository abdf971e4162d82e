import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const privateCluster = defineControl({
  id: "control-plane.private-cluster",
  title: "The API server is reached from private networks alone",
  severity: "medium",
  layer: "control-plane",
  rationale:
    "A list of ranges keeps strangers out only as long as the list is right. A private endpoint has no address on the internet to be scanned, guessed or left open by mistake.",
  remediation: {
    summary:
      "A cluster with API server VNet integration is made private in place, by the last command alone. Any other is integrated first, which cannot be undone, reimages all nodes, takes the cluster down for a restart that should follow at once, and finds no capacity in some regions; or it is made anew. Before that, give pipelines and administrators a way into the network.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-apiserver-vnet-integration --apiserver-subnet-id '<subnet-id>'",
      "az aks stop --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
      "az aks start --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-private-cluster",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/private-clusters",
    cis: ["5.4.2"],
    mcsb: ["NS-2"],
    policy: ["040732e8-d947-40b8-95d6-854c95024bf8"],
    guides: ["A", "B"],
  },
  needs: ["apiServer"],
  evaluate({ apiServer: { privateCluster: isPrivate, vnetIntegration } }) {
    const evidence = seen(isPrivate, true);
    if (isPrivate.value) return pass(evidence);
    // Often taken for a private endpoint, which it is not.
    return vnetIntegration.value
      ? fail(evidence, seen(vnetIntegration, "a private cluster as well: integration alone stays public"))
      : fail(evidence);
  },
});
