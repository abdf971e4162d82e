import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const runCommandDisabled = defineControl({
  id: "control-plane.run-command-disabled",
  title: "No commands are run in the cluster through Azure's API",
  severity: "medium",
  layer: "control-plane",
  rationale:
    "Run command starts kubectl and helm inside the cluster for whoever holds one Azure right, from any network: a private API server keeps nobody out who can sign in to Azure.",
  remediation: {
    summary:
      "Turn it off; nothing running is disturbed. Pipelines and people who relied on it need another way into the network, such as a runner or a jump host inside it. What was run before is not undone.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --disable-run-command",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/access-private-cluster",
    policy: ["89f2d532-c53c-4f8f-9afa-4927b1114a0d"],
  },
  needs: ["runCommand"],
  evaluate({ runCommand: { disabled } }) {
    const evidence = seen(disabled, true);
    return disabled.value ? pass(evidence) : fail(evidence);
  },
});
