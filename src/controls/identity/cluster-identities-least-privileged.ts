import { isResourceGroupOrWider, isSameScope, type RoleGrant } from "../../domain/access.ts";
import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, opaqueVerdict } from "../role-grants.ts";

const expected = "no Owner, Contributor or right to assign roles beyond the node resource group";

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
      "az role assignment delete --subscription {subscription} --assignee '<object-id>' --role '<role>' --scope '<scope>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/use-managed-identity",
    cis: ["5.1.3"],
    guides: ["A"],
  },
  needs: ["principals", "identityGrants"],
  evaluate({ principals: { kubelet, cluster }, identityGrants: { nodeGroupId, grants } }) {
    const wide = grants.filter(({ scope }) => isWide(scope, nodeGroupId));
    const mighty: readonly Evidence[] = wide
      .filter((grant) => hasPower(grant, "everything", "roleAssignments"))
      .map((grant: RoleGrant) => grantEvidence(grant, expected));
    if (isSome(mighty)) return fail(...mighty);

    const looked = [kubelet, ...cluster].map((setting) => seen(setting, expected));
    if (kubelet.value === null || cluster.length === 0)
      return unknown(
        "The row does not name the object ids of all the cluster's identities; a cluster that acts as an application names none.",
        ...looked,
      );
    return opaqueVerdict(wide.filter(isOpaque), expected) ?? pass(...looked);
  },
});

/** In the node resource group AKS itself makes the identities what they have to be. */
function isWide(scope: string, nodeGroupId: string | null): boolean {
  return isResourceGroupOrWider(scope) && !(nodeGroupId !== null && isSameScope(scope, nodeGroupId));
}
