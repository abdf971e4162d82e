import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const cleanerOn = defineControl({
  id: "images.cleaner-on",
  title: "Unused images with known holes are cleaned off the nodes",
  severity: "low",
  layer: "images",
  rationale:
    "An image that nobody runs any more stays on the node with all its holes, ready for whoever may start a pod there without pulling it anew.",
  remediation: {
    summary:
      "Turn the cleaner on, here for once a week. It removes images that no container uses and that are known to be vulnerable; pods started later pull theirs again. Windows nodes are not cleaned.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-image-cleaner --image-cleaner-interval-hours 168",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/image-cleaner",
    policy: ["af3c26b2-6fad-493e-9236-9c68928516ab"],
  },
  needs: ["imageCleaner"],
  evaluate({ imageCleaner: { enabled } }) {
    const evidence = seen(enabled, true);
    return enabled.value ? pass(evidence) : fail(evidence);
  },
});
