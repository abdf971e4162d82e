import { defineControl } from "../../domain/control.ts";
import { fail, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";

export const rotationOn = defineControl({
  id: "secrets.rotation-on",
  title: "Mounted secrets follow Key Vault by themselves",
  severity: "medium",
  layer: "secrets",
  rationale:
    "A secret that was changed in Key Vault because it leaked is still the old one in every running pod until the driver looks again, which it does only with rotation on.",
  remediation: {
    summary:
      "Turn rotation on; the driver then looks every two minutes unless told otherwise, and asks Key Vault as often. Programs that read a secret once, or from their environment, still need a restart.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-secret-rotation",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options",
    guides: ["B"],
  },
  needs: ["keyVaultDriver"],
  evaluate({ keyVaultDriver: { enabled, rotation } }) {
    if (!enabled.value) return notApplicable("The Key Vault secrets driver is off.", seen(enabled, true));

    const evidence = seen(rotation, "true");
    switch (rotation.value.toLowerCase()) {
      case "true":
        return pass(evidence);
      case "false":
        return fail(evidence);
      default:
        return unknown(
          `Rotation is set to a value this version does not know: "${rotation.value}".`,
          evidence,
        );
    }
  },
});
