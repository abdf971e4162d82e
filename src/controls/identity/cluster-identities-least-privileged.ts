import { defineControl } from "../../domain/control.ts";
import { judgeOwnIdentities } from "../own-identities.ts";

export const clusterIdentitiesLeastPrivileged = defineControl({
  id: "identity.cluster-identities-least-privileged",
  title: "The cluster's identities hold no mighty roles",
  severity: "high",
  layer: "identity",
  rationale:
    "Whoever breaks out of a pod, or may change the cluster, acts as the kubelet or the control plane: with Contributor on a resource group or more, one cluster's intruder owns everything beside it.",
  remediation: {
    summary:
      "Take the role away and assign what the cluster needs where it needs it: AcrPull on the registry, Network Contributor on its subnet. Assign those first, since nodes without AcrPull pull no images, and new tokens carry the change only after up to a day.",
    commands: [
      "az role assignment create --subscription {subscription} --assignee-object-id '<object-id>' --assignee-principal-type ServicePrincipal --role AcrPull --scope '<registry-resource-id>'",
      "az role assignment delete --subscription {subscription} --ids {assignment}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-managed-identity",
    cis: ["5.1.3"],
    guides: ["A"],
  },
  needs: ["principals", "identityGrants"],
  evaluate: ({ principals: { kubelet, cluster }, identityGrants }) =>
    judgeOwnIdentities([kubelet, ...cluster], identityGrants, cluster.length > 0),
});
