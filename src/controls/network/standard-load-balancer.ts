import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const standardLoadBalancer = defineControl({
  id: "network.standard-load-balancer",
  title: "The cluster's load balancer is a Standard one",
  severity: "medium",
  layer: "network",
  rationale:
    "Azure has retired the Basic load balancer and no longer supports clusters that stand on it; it is also open to the internet by default, where a Standard one is closed until a rule opens it.",
  remediation: {
    summary:
      "Move the cluster to a Standard load balancer in a planned outage: it cannot be undone, and admission webhooks and a private key vault for KMS must be off meanwhile. Clusters on availability sets are moved off these in a step of its own.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --load-balancer-sku standard",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/upgrade-basic-load-balancer-on-aks",
    guides: ["A"],
  },
  needs: ["loadBalancer"],
  evaluate({ loadBalancer: { sku } }) {
    const evidence = seen(sku, "standard");
    switch (sku.value.toLowerCase()) {
      case "standard":
        return pass(evidence);
      case "basic":
        return fail(evidence);
      default:
        return unknown(`The load balancer has a SKU this version does not know: "${sku.value}".`, evidence);
    }
  },
});
