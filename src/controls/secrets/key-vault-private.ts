import { defineControl } from "../../domain/control.ts";
import { fail, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";

export const keyVaultPrivate = defineControl({
  id: "secrets.key-vault-private",
  title: "The vault of the KMS key is reached by private link",
  severity: "low",
  layer: "secrets",
  rationale:
    "The vault holds the key to every Secret of the cluster; while it answers to all networks, a stolen credential is enough to use the key from anywhere.",
  remediation: {
    summary:
      "Close the vault to the public and reach it by a private endpoint in the virtual network of the API server, which has to be integrated there. While the two do not reach each other the cluster cannot read its Secrets.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id '<key-id>' --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id '<vault-id>'",
    ],
  },
  references: { docs: "https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption" },
  needs: ["kms"],
  evaluate({ kms: { enabled, keyVaultAccess } }) {
    if (!enabled.value)
      return notApplicable("No key of a vault of yours encrypts the Secrets.", seen(enabled, true));

    const evidence = seen(keyVaultAccess, "Private");
    switch (keyVaultAccess.value.toLowerCase()) {
      case "private":
        return pass(evidence);
      case "public":
        return fail(evidence);
      default:
        return unknown(
          `The vault is reached in a way this version does not know: "${keyVaultAccess.value}".`,
          evidence,
        );
    }
  },
});
