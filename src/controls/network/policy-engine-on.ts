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
      "Move the cluster to the dataplane Cilium, which brings the engine; all pools are reimaged at once, and an older engine is replaced. It wants Azure CNI Overlay or dynamic addresses and no Windows pool: with these, or on kubenet, turn on Calico instead (--network-policy calico). Policies are still to be written.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --network-dataplane cilium",
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
