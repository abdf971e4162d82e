import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const entraIntegrationManaged = defineControl({
  id: "identity.entra-integration-managed",
  title: "People sign in to the cluster through managed Entra ID",
  severity: "high",
  layer: "identity",
  rationale:
    "Without it people share certificates and tokens: nobody is asked for a second factor, nobody is locked out by leaving the company, and no log tells who did what.",
  remediation: {
    summary:
      "Turn the integration on and name the groups that administer the cluster; it needs Kubernetes RBAC and cannot be turned off again. The command also lifts the legacy integration by applications, which may interrupt the API server of a cluster on the free tier. Everybody fetches new credentials afterwards; those handed out before go on working until local accounts are disabled and certificates rotated.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-aad --aad-admin-group-object-ids '<group-id>,<group-id>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id",
    cis: ["5.5.1"],
    mcsb: ["IM-1"],
    policy: ["450d2877-ebea-41e8-b00c-e286317d21bf"],
    guides: ["A", "B"],
  },
  needs: ["entra"],
  evaluate({ entra: { profile, managed, legacyApp } }) {
    if (!profile.value) return fail(seen(profile, "a profile of managed Entra ID integration"));

    const evidence = seen(managed, true);
    if (managed.value) return pass(evidence);
    return legacyApp.value === null
      ? fail(evidence)
      : fail(evidence, seen(legacyApp, "no application of its own: this is the legacy integration"));
  },
});
