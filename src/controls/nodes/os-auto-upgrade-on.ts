import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const osAutoUpgradeOn = defineControl({
  id: "nodes.os-auto-upgrade-on",
  title: "Security updates reach the nodes by themselves",
  severity: "high",
  layer: "nodes",
  rationale:
    "Without a channel that Azure runs, a fix for a hole in the kernel waits until somebody thinks of it; with unmanaged updates it waits for a reboot, and Windows nodes get none at all.",
  remediation: {
    summary:
      "Choose the channel NodeImage (weekly images) or SecurityPatch (fixes alone, mostly without a reimage). Nodes are then replaced or restarted whenever there is an update, so name a maintenance window and set pod disruption budgets first.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --node-os-upgrade-channel NodeImage",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image",
    policy: ["04408ca5-aa10-42ce-8536-98955cdddd4c"],
    guides: ["A", "B"],
  },
  needs: ["upgrades"],
  evaluate({ upgrades: { channel, nodeOsChannel } }) {
    const evidence = seen(nodeOsChannel, "NodeImage or SecurityPatch");
    switch (nodeOsChannel.value?.toLowerCase()) {
      case "nodeimage":
      case "securitypatch":
        return pass(evidence);
      case "unmanaged":
      case "none":
        return fail(evidence);
      case undefined:
        // Azure sets the nodes' channel along with this one.
        if (channel.value.toLowerCase() === "node-image") return pass(evidence, seen(channel, "node-image"));
        return unknown(
          "The row names no channel, which is NodeImage on newer clusters and none on older ones; setting it decides.",
          evidence,
        );
      default:
        return unknown(
          `The nodes have an upgrade channel this version does not know: "${nodeOsChannel.value}".`,
          evidence,
        );
    }
  },
});
