import { isResourceGroupOrWider } from "../../domain/access.ts";
import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, notApplicable, seen } from "../../domain/verdict.ts";
import { grantEvidence, hasPower, isOpaque, opaqueVerdict } from "../role-grants.ts";

const expected = "no Owner, Contributor or right to assign roles on a resource group or above";

export const federatedIdentitiesLeastPrivileged = defineControl({
  id: "identity.federated-identities-least-privileged",
  title: "Workloads act as no identity with a mighty role",
  severity: "high",
  layer: "identity",
  rationale:
    "A pod that runs as the right service account holds all that its federated identity holds. With Contributor on a resource group or more, whoever can start pods in one namespace owns what lies there.",
  remediation: {
    summary:
      "Give the workload's identity the role it needs on the resources it needs, then take the wide one away; or delete the credential if nobody uses it. Tokens handed out before keep their rights for up to a day.",
    commands: [
      "az role assignment delete --subscription {subscription} --ids {assignment}",
      "az identity federated-credential delete --subscription {identitySubscription} --resource-group {identityGroup} --identity-name {identity} --name {credential}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
    cis: ["5.2.1"],
    mcsb: ["IM-3"],
    policy: ["ae62c456-33de-4dc8-b100-7ce9028a7d99"],
    guides: ["A", "B"],
  },
  precondition: {
    needs: ["tokenIssuer"],
    evaluate: ({ tokenIssuer: { url } }) =>
      url.value === null
        ? notApplicable(
            "The cluster has no OIDC issuer, so that nobody can trust its tokens.",
            seen(url, "any"),
          )
        : null,
  },
  needs: ["tokenIssuer", "federatedIdentities"],
  evaluate({ tokenIssuer: { url }, federatedIdentities: { identities, grants } }) {
    const wide = grants.filter(({ scope }) => isResourceGroupOrWider(scope));
    const mighty: readonly Evidence[] = wide
      .filter((grant) => hasPower(grant, "everything", "roleAssignments"))
      .flatMap((grant) => {
        const credentials = identities.filter(({ principalId }) => principalId === grant.principalId);
        const { observed } = grantEvidence(grant, expected);
        return credentials.map(({ path }) => ({ path, observed, expected }));
      });
    if (isSome(mighty)) return fail(...mighty);
    return (
      opaqueVerdict(wide.filter(isOpaque), expected) ?? {
        kind: "pass",
        evidence: [seen(url, "trusted by no identity with such a role")],
        reason: "Looked at were the managed identities that hold such roles wherever the monitor may read.",
      }
    );
  },
});
