import { defineControl } from "../../domain/control.ts";
import { fail, pass, seen, unknown } from "../../domain/verdict.ts";

export const kubernetesRbacEnabled = defineControl({
  id: "identity.kubernetes-rbac-enabled",
  title: "Kubernetes RBAC is on",
  severity: "high",
  layer: "identity",
  rationale:
    "Without RBAC whoever is let in may do everything: every user and every pod's service account is cluster admin.",
  remediation: {
    summary:
      "A cluster made without RBAC cannot be given it, and no command changes that: make a new cluster, on which RBAC is on by default, move the workloads there, then delete this one. The command makes such a cluster with Entra ID integration; network, pools and tier are yours to add.",
    commands: [
      "az aks create --subscription {subscription} --resource-group {resourceGroup} --location {location} --name '<new-cluster>' --enable-aad --aad-admin-group-object-ids '<group-id>' --enable-azure-rbac --no-ssh-key",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/concepts-identity",
    mcsb: ["PA-7"],
    policy: ["ac4a19c2-fa67-49b4-8ae5-0b2e78c49457"],
    guides: ["A", "B"],
  },
  needs: ["kubernetesRbac"],
  evaluate({ kubernetesRbac: { enabled } }) {
    const evidence = seen(enabled, true);
    if (enabled.value === null) {
      return unknown(
        "The row does not say whether Kubernetes RBAC is on, which Azure's own answers always do. A live check of the cluster would decide.",
        evidence,
      );
    }
    return enabled.value ? pass(evidence) : fail(evidence);
  },
});
