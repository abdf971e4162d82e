import { defineControl } from "../../domain/control.ts";
import { fail, notApplicable, pass, seen } from "../../domain/verdict.ts";

export const azureRbacEnabled = defineControl({
  id: "identity.azure-rbac-enabled",
  title: "Azure RBAC decides what people may do inside the cluster",
  severity: "medium",
  layer: "identity",
  rationale:
    "Rights that live only in role bindings inside each cluster are seen by no access review and expire by no policy; as role assignments in Azure they are granted, reviewed and revoked in one place for the whole fleet.",
  remediation: {
    summary:
      "Turn it on once the people who need access hold one of the roles Azure Kubernetes Service RBAC Reader, Writer, Admin or Cluster Admin. It needs managed Entra ID integration in the subscription's own tenant. Role bindings that are in the cluster already are not removed by it.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-azure-rbac",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/manage-azure-rbac",
    cis: ["5.5.2"],
    guides: ["A"],
  },
  needs: ["entra"],
  evaluate({ entra: { profile, azureRbac } }) {
    if (!profile.value) {
      return notApplicable(
        "Azure RBAC needs Entra ID integration, which this cluster does not have: identity.entra-integration-managed speaks of that.",
        seen(profile, "a profile of managed Entra ID integration"),
      );
    }
    const evidence = seen(azureRbac, true);
    return azureRbac.value ? pass(evidence) : fail(evidence);
  },
});
