import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const paidTierUsed = defineControl({
  id: "control-plane.paid-tier-used",
  title: "The control plane runs on a tier with an uptime guarantee",
  severity: "low",
  layer: "control-plane",
  rationale:
    "On the free tier nobody answers for the API server's uptime and it is given fewer resources: under load or in an outage the cluster can be neither changed nor healed.",
  remediation: {
    summary:
      "Move to the standard tier, which is billed by the hour; it takes some minutes and disturbs nothing. The premium tier goes together with long-term support.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --tier standard",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers",
  },
  needs: ["tier"],
  evaluate({ tier: { tier } }) {
    const evidence = seen(tier, "Standard or Premium");
    switch (tier.value.toLowerCase()) {
      case "standard":
      case "premium":
        return pass(evidence);
      case "free":
        return fail(evidence);
      default:
        return unknown(
          `The tier is one this version does not know: ${JSON.stringify(tier.value)}.`,
          evidence,
        );
    }
  },
});
