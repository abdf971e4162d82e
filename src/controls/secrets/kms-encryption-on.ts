import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const kmsEncryptionOn = defineControl({
  id: "secrets.kms-encryption-on",
  title: "Kubernetes Secrets are encrypted by KMS",
  severity: "medium",
  layer: "secrets",
  rationale:
    "Azure encrypts the disks below etcd, but in etcd itself every Secret lies in the clear: whoever gets at its data or a backup of it, past the API server, reads them all.",
  remediation: {
    summary:
      "Encrypt with a key of your own, which the cluster's identity must be allowed to use; who loses that key loses the Secrets. Those stored before stay as they are until they are written again. With the aks-preview extension and Kubernetes 1.33 or later, --kms-infrastructure-encryption Enabled does it with a key that Azure keeps.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id '<key-id>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/kms-data-encryption",
    cis: ["5.3.1"],
    policy: ["dbbdc317-9734-4dd8-9074-993b29c69008"],
  },
  needs: ["kms"],
  evaluate({ kms: { enabled, infrastructure } }) {
    const own = seen(enabled, "true: your own key encrypts");
    const azures = seen(infrastructure, "Enabled: Azure's key encrypts");
    if (enabled.value) return pass(own);
    switch (infrastructure.value.toLowerCase()) {
      case "enabled":
        return pass(azures);
      case "disabled":
        return fail(own, azures);
      default:
        return unknown(
          `Encryption by Azure's key is set to a value this version does not know: "${infrastructure.value}".`,
          own,
          azures,
        );
    }
  },
});
