import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, pass, seen } from "../../domain/verdict.ts";

export const workloadIdentityEnabled = defineControl({
  id: "identity.workload-identity-enabled",
  title: "Workloads can reach Azure by workload identity",
  severity: "medium",
  layer: "identity",
  rationale:
    "Where workload identity is off, applications reach Azure by stored secrets or by the node's identity, which every pod on the node can borrow.",
  remediation: {
    summary:
      "Turn on the OIDC issuer and workload identity. Where the issuer was off, the API server restarts with a new issuer of service account tokens, and pods that fail afterwards want a restart. Each workload then needs a managed identity, a federated credential and a service account that names it: the switch alone takes no secret out of use.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --enable-oidc-issuer --enable-workload-identity",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/workload-identity-deploy-cluster",
    cis: ["5.2.1"],
    policy: ["2cc2e023-0dac-4046-875b-178f683929d5"],
    guides: ["A", "B"],
  },
  needs: ["workloadIdentity"],
  evaluate({ workloadIdentity: { enabled, issuer } }) {
    const off: readonly Evidence[] = [enabled, issuer]
      .filter(({ value }) => !value)
      .map((setting) => seen(setting, true));
    return isSome(off) ? fail(...off) : pass(seen(enabled, true), seen(issuer, true));
  },
});
