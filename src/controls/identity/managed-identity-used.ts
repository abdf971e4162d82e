import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const managedIdentityUsed = defineControl({
  id: "identity.managed-identity-used",
  title: "The cluster acts in Azure as a managed identity",
  severity: "medium",
  layer: "identity",
  rationale:
    "An application's secret lies on every node, outlives the people who know it, and stops scaling, load balancers and disks on the day it expires.",
  remediation: {
    summary:
      "Give the cluster a managed identity, then upgrade the image of each pool: until then its nodes go on using the application. Nodes are drained and reimaged one by one. The new identities hold none of the application's rights, so grant them again, attach registries again, and delete the application's secret at the end.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-managed-identity",
      "az aks nodepool upgrade --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name '<each-pool>' --node-image-only",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-managed-identity",
    policy: ["da6e2401-19da-4532-9141-fb8fbde08431"],
    guides: ["A"],
  },
  needs: ["clusterIdentity"],
  evaluate({ clusterIdentity: { type, clientId } }) {
    const ofType = seen(type, "SystemAssigned or UserAssigned");
    const ofClient = seen(clientId, "msi");
    const kind = type.value?.toLowerCase() ?? null;
    const client = clientId.value?.toLowerCase() ?? null;

    if (client !== null && isApplicationId(client)) return fail(ofClient, ofType);
    if (client !== null && client !== "msi") {
      return unknown(
        `The client id is neither "msi" nor the id of an application: ${JSON.stringify(clientId.value)}.`,
        ofClient,
        ofType,
      );
    }
    switch (kind) {
      case "systemassigned":
      case "userassigned":
        return pass(ofType, ofClient);
      case "none":
        if (client === null) return fail(ofType);
        return unknown(
          "The row contradicts itself: no identity, and yet a client id that stands for a managed one. A live check of the cluster would decide.",
          ofType,
          ofClient,
        );
      case null:
        if (client === "msi") return pass(ofClient);
        return unknown(
          "The row names neither an identity nor a client id. A live check of the cluster would decide.",
          ofType,
          ofClient,
        );
      default:
        return unknown(
          `The identity is of a type this version does not know: ${JSON.stringify(type.value)}.`,
          ofType,
          ofClient,
        );
    }
  },
});

function isApplicationId(clientId: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(clientId);
}
