import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

const upgrading = "rapid, stable or patch";

export const autoUpgradeOn = defineControl({
  id: "control-plane.auto-upgrade-on",
  title: "Kubernetes is upgraded automatically",
  severity: "medium",
  layer: "control-plane",
  rationale:
    "Kubernetes gets security fixes for about a year. A cluster that is upgraded only when somebody remembers falls behind them, and each skipped version makes the next upgrade riskier.",
  remediation: {
    summary:
      "Choose a channel: patch stays on the minor version and takes its fixes, stable follows one minor version behind the newest. Upgrades start within a day, control plane first, and drain the nodes one by one, so set a maintenance window first. Pools can no longer be upgraded apart from the control plane. On patch alone the minor version still has to be raised by hand before its support ends.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --auto-upgrade-channel '<patch-or-stable>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/auto-upgrade-cluster",
    policy: ["5c345cdf-2049-47e0-b8fe-b0e96bc2df35"],
    guides: ["A", "B"],
  },
  needs: ["upgrades"],
  evaluate({ upgrades: { channel } }) {
    switch (channel.value.toLowerCase()) {
      case "rapid":
      case "stable":
      case "patch":
        return pass(seen(channel, upgrading));
      case "node-image":
        return fail(seen(channel, `${upgrading}: node-image does not upgrade Kubernetes itself`));
      case "none":
        return fail(seen(channel, upgrading));
      default:
        return unknown(
          `The upgrade channel is one this version does not know: ${JSON.stringify(channel.value)}.`,
          seen(channel, upgrading),
        );
    }
  },
});
