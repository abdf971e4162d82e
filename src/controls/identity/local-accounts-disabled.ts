import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const localAccountsDisabled = defineControl({
  id: "identity.local-accounts-disabled",
  title: "Local accounts are disabled",
  severity: "high",
  layer: "identity",
  rationale:
    "While local accounts are on, one certificate that belongs to nobody makes its holder cluster admin, past Entra ID, conditional access and every audit by name.",
  remediation: {
    summary:
      "With Entra integration in place, disable local accounts; without it nobody could sign in any more. Certificates handed out before stay valid until they are rotated, which recreates all nodes and may take the cluster down for up to 30 minutes.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --disable-local-accounts",
      "az aks rotate-certs --subscription {subscription} --resource-group {resourceGroup} --name {cluster}",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad",
    cis: ["5.5.1"],
    policy: ["993c2fcd-2b29-49d2-9eb0-df2c3a730c32"],
    guides: ["A", "B"],
  },
  needs: ["localAccounts"],
  evaluate({ localAccounts: { disabled } }) {
    const evidence = seen(disabled, true);
    return disabled.value ? pass(evidence) : fail(evidence);
  },
});
