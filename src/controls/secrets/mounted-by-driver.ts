import { defineControl } from "../../domain/control.ts";
import { judgePodSecrets } from "../pod-secrets.ts";
import { secretMount } from "../secret-mount.ts";

export const mountedByDriver = defineControl({
  id: "secrets.mounted-by-driver",
  title: "Pods mount secrets from Key Vault, not from Kubernetes",
  severity: "low",
  layer: "secrets",
  rationale:
    "A Kubernetes Secret that somebody wrote by hand is a copy: nobody renews it, everybody who may read the namespace has it, and Key Vault's log never shows who did.",
  remediation: {
    summary:
      "Put the value into Key Vault and mount it by the driver through a SecretProviderClass, then delete the Secret; the pods restart. Where a program needs a Kubernetes Secret, let the SecretProviderClass keep one up by secretObjects.",
    commands: [
      "az keyvault secret set --subscription {subscription} --vault-name '<vault>' --name '<secret>' --file '<file>'",
      "az aks enable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons azure-keyvault-secrets-provider --enable-secret-rotation",
    ],
    manifest: secretMount,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/csi-secrets-store-driver",
    cis: ["4.5.2"],
    guides: ["A", "B"],
  },
  needs: ["mountedSecrets"],
  evaluate: ({ mountedSecrets }) =>
    judgePodSecrets(mountedSecrets, "no mounted Secret but those a SecretProviderClass keeps up"),
});
