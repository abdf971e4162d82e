import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen } from "../../domain/verdict.ts";

export const keyVaultDriverOn = defineControl({
  id: "secrets.key-vault-driver-on",
  title: "The Key Vault secrets driver is on",
  severity: "medium",
  layer: "secrets",
  rationale:
    "Without the driver, passwords and certificates are copied into Kubernetes Secrets, where whoever may read the namespace or a backup of it has them, and where nobody sees who read them.",
  remediation: {
    summary:
      "Turn the driver on, with rotation. It moves no secret by itself: workloads mount what they need from Key Vault through a SecretProviderClass, and their old Secrets are to be deleted.",
    commands: [
      "az aks enable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons azure-keyvault-secrets-provider --enable-secret-rotation",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/csi-secrets-store-driver",
    cis: ["4.5.2"],
    guides: ["A", "B"],
  },
  needs: ["keyVaultDriver"],
  evaluate({ keyVaultDriver: { enabled } }) {
    const evidence = seen(enabled, true);
    return enabled.value ? pass(evidence) : fail(evidence);
  },
});
