import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const nodeGroupLocked = defineControl({
  id: "control-plane.node-group-locked",
  title: "The node resource group is locked against changes by hand",
  severity: "low",
  layer: "control-plane",
  rationale:
    "Whoever may write in the node group can open a security rule, add a public address or run commands on a machine behind the back of Kubernetes, and the next upgrade may break on it.",
  remediation: {
    summary:
      "Lock the group: a deny assignment then keeps everybody but the service from changing what is in it. Nodes are not touched, and changes made before stay. Move what people keep there of their own (disks, addresses, rules) first: they could not change it any more.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --nrg-lockdown-restriction-level ReadOnly",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/node-resource-group-lockdown",
  },
  needs: ["nodeGroupLock"],
  evaluate({ nodeGroupLock: { restriction } }) {
    const evidence = seen(restriction, "ReadOnly");
    switch (restriction.value.toLowerCase()) {
      case "readonly":
        return pass(evidence);
      case "unrestricted":
        return fail(evidence);
      default:
        return unknown(
          `The restriction is one this version does not know: ${JSON.stringify(restriction.value)}.`,
          evidence,
        );
    }
  },
});
