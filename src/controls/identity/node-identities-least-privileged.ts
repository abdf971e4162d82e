import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, opaqueVerdict } from "../role-grants.ts";

const expected = "no Owner, Contributor, right to assign roles, push images or open vaults";

export const nodeIdentitiesLeastPrivileged = defineControl({
  id: "identity.node-identities-least-privileged",
  title: "The nodes' identities hold no mighty roles",
  severity: "critical",
  layer: "identity",
  rationale:
    "Every pod can ask the node's metadata endpoint for a token of every identity the machine carries: what one of them may do, the least of the pods may do.",
  remediation: {
    summary:
      "Take the role away, or the identity from the machines; give workloads that need rights an identity of their own by workload identity. Where nothing needs the endpoint, pods can be kept from it (a preview that needs the CLI extension aks-preview, and that some add-ons do not allow); pods on the host's network still reach it.",
    commands: [
      "az role assignment delete --subscription {subscription} --ids {assignment}",
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-imds-restriction",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/imds-restriction",
    cis: ["5.1.3"],
    guides: ["A"],
  },
  needs: ["linkLocal", "nodeIdentities"],
  evaluate({ linkLocal: { access }, nodeIdentities: { identities, grants } }) {
    const endpoint = seen(access, "None");
    const kind = access.value.toLowerCase();
    const mighty: readonly Evidence[] = grants
      .filter((grant) => hasPower(grant, "everything", "roleAssignments", "registryPush", "keyVaultData"))
      .map((grant) => grantEvidence(grant, expected));

    if (kind === "none")
      return {
        kind: "pass",
        evidence: [endpoint, ...mighty],
        reason: "Pods are kept from the metadata endpoint, unless they share the host's network.",
      };
    if (kind !== "imds")
      return unknown(
        `What pods may reach of their machine is said in a value this version does not know: ${JSON.stringify(access.value)}.`,
        endpoint,
        ...mighty,
      );
    if (isSome(mighty)) return fail(...mighty);
    const looked = lookedAt(identities);
    return (
      opaqueVerdict(grants.filter(isOpaque), expected) ?? pass(...(isSome(looked) ? looked : [endpoint]))
    );
  },
});

/** Machines of a pool carry the same: each identity is named once, by the first of them. */
function lookedAt(
  identities: readonly { readonly path: string; readonly principalId: string }[],
): readonly Evidence[] {
  const first = new Map<string, Evidence>();
  for (const { path, principalId } of identities)
    if (!first.has(principalId)) first.set(principalId, { path, observed: principalId, expected });
  return [...first.values()];
}
