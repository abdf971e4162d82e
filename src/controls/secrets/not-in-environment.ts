import { defineControl } from "../../domain/control.ts";
import { judgePodSecrets } from "../pod-secrets.ts";
import { secretMount } from "../secret-mount.ts";

export const notInEnvironment = defineControl({
  id: "secrets.not-in-environment",
  title: "No pod has secrets in its environment",
  severity: "medium",
  layer: "secrets",
  rationale:
    "What stands in a process's environment goes to its children, into crash reports and logs, and stays the old value until the pod restarts; written out in a manifest, it lies in every repository that holds one.",
  remediation: {
    summary:
      "Put the secret into Key Vault, with a new value, since the old one was seen; mount it as a file by the driver, let the program read that, and take the variable out: the pods restart. A variable that is named like a secret and is none can be renamed.",
    commands: [
      "az keyvault secret set --subscription {subscription} --vault-name '<vault>' --name '<secret>' --file '<file>'",
      "az aks enable-addons --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --addons azure-keyvault-secrets-provider --enable-secret-rotation",
    ],
    manifest: secretMount,
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access",
    cis: ["4.5.1"],
    guides: ["A", "B"],
  },
  needs: ["environmentSecrets"],
  evaluate: ({ environmentSecrets }) =>
    judgePodSecrets(environmentSecrets, "no secret in the environment of a container"),
});
