import { defineControl } from "../../domain/control.ts";
import { judgePolicyEngine } from "../policy-engine.ts";

export const policyEngineOn = defineControl({
  id: "network.policy-engine-on",
  title: "An engine enforces network policies",
  severity: "high",
  layer: "network",
  rationale:
    "Without an engine every network policy in the cluster is dead letters: each pod reaches each other pod, and an intruder in one of them the rest.",
  remediation: {
    summary:
      "Either command, never both. The first moves the cluster to the dataplane Cilium, which brings the engine; it wants Azure CNI Overlay or dynamic addresses and no Windows pool. The second, for all other clusters, turns on Calico. All pools are reimaged at once, and an older engine is replaced. Policies are still to be written.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --network-dataplane cilium",
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --network-policy calico",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-network-policies",
    cis: ["5.4.4"],
    guides: ["A", "B"],
  },
  needs: ["networkPolicy", "clock"],
  evaluate: ({ networkPolicy, clock: { asOf } }) => judgePolicyEngine(networkPolicy, asOf),
});
