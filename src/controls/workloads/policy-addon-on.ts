import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const policyAddonOn = defineControl({
  id: "workloads.policy-addon-on",
  title: "The Azure Policy add-on is on",
  severity: "high",
  layer: "workloads",
  rationale:
    "Policies assigned to the cluster reach its pods through the add-on alone: without it none is enforced and no offender is reported, however many are assigned.",
  remediation: {
    summary:
      "Turn the add-on on; it takes about 20 minutes to fetch its policies. It runs on Linux pools, and policies that are set to deny refuse new pods from then on, while those already running stay.",
    commands: [
      "az aks enable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons azure-policy",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes",
    mcsb: ["PV-2"],
    policy: ["0a15ec92-a229-4763-bb14-0ea34a568f8d"],
    guides: ["A", "B"],
  },
  needs: ["policyAddon"],
  evaluate({ policyAddon: { enabled } }) {
    const evidence = seen(enabled, true);
    return enabled.value ? pass(evidence) : fail(evidence);
  },
});
