import type { RoleGrant } from "../../domain/access.ts";
import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, opaqueVerdict } from "../role-grants.ts";

const expected = "none but the cluster's own identities";

export const nodeGroupAccessLimited = defineControl({
  id: "identity.node-group-access-limited",
  title: "None but the cluster may change its nodes in Azure",
  severity: "high",
  layer: "identity",
  rationale:
    "Whoever may write to a node's machine, run a command on it or log in to it is root beside every pod and reads every secret there, whatever Kubernetes would have said.",
  remediation: {
    summary:
      "Take the role away, or lock the node resource group, which denies changes to everybody but AKS. The lock also stops scripts that tag machines or change scale sets by hand.",
    commands: [
      "az role assignment delete --subscription {subscription} --ids {assignment}",
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --nrg-lockdown-restriction-level ReadOnly",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/node-resource-group-lockdown" },
  needs: ["nodeGroupLock", "principals", "nodeGroupAccess"],
  evaluate({ nodeGroupLock: { restriction }, principals, nodeGroupAccess: { groupId, grants } }) {
    const lock = seen(restriction, "ReadOnly");
    const kind = restriction.value.toLowerCase();
    if (kind === "readonly") return pass(lock);

    const { kubelet, cluster, others } = principals;
    const own = new Set([kubelet, ...cluster, ...others].map(({ value }) => value?.toLowerCase()));
    const strangers = grants.filter(({ principalId }) => !own.has(principalId.toLowerCase()));
    // A cluster that acts as an application does not name its object id: any of the applications may be its own.
    const isDoubtful = (grant: RoleGrant) =>
      cluster.length === 0 && grant.principalType?.toLowerCase() === "serviceprincipal";
    const mighty = strangers.filter((grant) => hasPower(grant, "machines"));

    const offenders: readonly Evidence[] = mighty
      .filter((grant) => !isDoubtful(grant))
      .map((grant) => grantEvidence(grant, expected));
    if (kind !== "unrestricted")
      return unknown(
        `The restriction is of a kind this version does not know: ${JSON.stringify(restriction.value)}.`,
        lock,
        ...offenders,
      );
    if (isSome(offenders)) return fail(...offenders, lock);
    if (mighty.length > 0)
      return unknown(
        "The cluster acts as an application whose object id the row does not name: whether it is the holder is not to be told.",
        ...mighty.map((grant) => grantEvidence(grant, expected)),
      );
    return (
      opaqueVerdict(strangers.filter(isOpaque), expected) ??
      pass({ path: groupId, observed: null, expected }, lock)
    );
  },
});
