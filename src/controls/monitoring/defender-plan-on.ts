import { defineControl } from "../../domain/control.ts";
import { fail, pass, unknown } from "../../domain/verdict.ts";
import { goneFromChina } from "../gone-from-china.ts";

export const defenderPlanOn = defineControl({
  id: "monitoring.defender-plan-on",
  title: "The plan Defender for Containers is on",
  severity: "high",
  layer: "monitoring",
  rationale:
    "The plan is what turns audit logs, images and the sensor's signals into alerts and vulnerability findings; without it all of them go unread.",
  remediation: {
    summary:
      "Turn the plan on for the subscription, which then pays for it. A pricing set on the cluster itself wins over the subscription's: where the evidence names one, raise or delete that.",
    commands: ["az security pricing create --subscription {subscription} --name Containers --tier standard"],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction",
    cis: ["5.1.1"],
    mcsb: ["LT-1", "LT-2"],
    policy: ["1c988dd6-ade4-430f-a608-2a3e5b0a6d38"],
    guides: ["A", "B"],
  },
  precondition: goneFromChina,
  needs: ["defenderPlan"],
  evaluate({ defenderPlan: { tier, pricingId } }) {
    const evidence = { path: pricingId, observed: tier.observed, expected: "Standard" };
    switch (tier.value.toLowerCase()) {
      case "standard":
        return pass(evidence);
      case "free":
        return fail(evidence);
      default:
        return unknown(`The pricing has a tier this version does not know: "${tier.value}".`, evidence);
    }
  },
});
