import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const defenderSensorOn = defineControl({
  id: "monitoring.defender-sensor-on",
  title: "The Defender sensor runs on the nodes",
  severity: "high",
  layer: "monitoring",
  rationale:
    "Without the sensor nobody watches what runs inside the containers: a shell in a web server or a miner in a batch job raises no alert.",
  remediation: {
    summary: "Turn the sensor on; it needs the plan Defender for Containers to have any effect.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-defender",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-enable",
    mcsb: ["LT-1", "LT-2"],
    policy: ["a1840de2-8088-4ea8-b153-b4c723e9cb01"],
    guides: ["A", "B"],
  },
  needs: ["defenderSensor"],
  evaluate({ defenderSensor: { enabled } }) {
    const evidence = seen(enabled, true);
    return enabled.value ? pass(evidence) : fail(evidence);
  },
});
