import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const podIdentityRetired = defineControl({
  id: "identity.pod-identity-retired",
  title: "Pod-managed identity is no longer used",
  severity: "high",
  layer: "identity",
  rationale:
    "Pod-managed identity gets no fixes any more, and it guards tokens by intercepting traffic on the node: a pod that gets around it takes the identities of its neighbours.",
  remediation: {
    summary:
      "Move each workload to workload identity first: one that still relies on pod-managed identity loses its access to Azure the moment this is turned off. The flag comes with the CLI extension aks-preview. The role assignments of the identities stay and want clearing up.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --disable-pod-identity",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/workload-identity-migrate-from-pod-identity",
    guides: ["A", "B"],
  },
  needs: ["podIdentity"],
  evaluate({ podIdentity: { enabled } }) {
    const evidence = seen(enabled, false);
    return enabled.value ? fail(evidence) : pass(evidence);
  },
});
