import type { VerdictKind } from "../../../src/domain/verdict.ts";

/**
 * Verdicts that no cluster can be given, by control, each with the reason. A control that is not listed comes to all
 * four. A control on this list must then never come to that verdict, so that the list does not outlive its reasons.
 */
export const impossibleVerdicts: Readonly<Record<string, Readonly<Partial<Record<VerdictKind, string>>>>> = {
  "identity.local-accounts-disabled": always("Every cluster is made with local accounts."),
  "identity.entra-integration-managed": always("Every cluster could have it."),
  "identity.kubernetes-rbac-enabled": always("Every cluster is made with it or without."),
  "identity.workload-identity-enabled": always("Every cluster could have it."),
  "identity.pod-identity-retired": always("A cluster that never had it passes."),
  "identity.managed-identity-used": always("Every cluster acts as something in Azure."),
  "identity.token-issuers-known": always("A cluster that lets nobody else in passes."),
  "identity.kubernetes-bindings-by-group": always("Rights are bound to somebody in every cluster."),
  "identity.admin-access-by-group": always("Roles can be held over every cluster."),
  "identity.cluster-identities-least-privileged": always("Every cluster acts as something in Azure."),
  "identity.node-identities-least-privileged": always("Every cluster has nodes, or they are unread."),
  "identity.node-group-access-limited": always("Every cluster has a node group."),

  "control-plane.api-server-restricted": always("Every cluster has an API server."),
  "control-plane.private-cluster": always("Every cluster has an API server."),
  "control-plane.run-command-disabled": always("Commands can be run in every cluster."),
  "control-plane.auto-upgrade-on": always("Every control plane gets old."),
  "control-plane.version-supported": always("Every control plane runs some version."),
  "control-plane.node-group-locked": always("Every cluster has a node group."),
  "control-plane.paid-tier-used": always("Every cluster has a tier."),
  "control-plane.open-door-absent": always("Both of its parts apply everywhere."),

  "nodes.public-ips-absent": always("Every cluster has nodes, or they are unread."),
  "nodes.azure-linux-preferred": always("Every cluster has a pool of Linux, or its pools are unread."),
  "nodes.os-auto-upgrade-on": always("Every node's operating system gets old."),
  "nodes.image-fresh": always("Every node has an image, or it is unread."),
  "nodes.versions-aligned": always("Every cluster has nodes, or they are unread."),
  "nodes.disks-encrypted-at-host": always("Every cluster has nodes, or they are unread."),
  "nodes.ssh-disabled": always("Every cluster has nodes, or they are unread."),

  "network.policy-engine-on": always("Pods talk to pods in every cluster."),
  "network.azure-cni-used": always("Every cluster has a network plugin, be it none of Azure's."),
  "network.egress-controlled": always("Every cluster has a way out, or none."),
  "network.standard-load-balancer": always("Every cluster has such a setting, used or not."),
  "network.legacy-ingress-absent": always("A cluster without any ingress passes."),

  "workloads.policy-addon-on": always("Every cluster could have it."),
  "workloads.restricted-standard-assigned": always("Every cluster could have it."),
  "workloads.cluster-admin-bindings-absent": always("Rights are bound to somebody in every cluster."),

  "secrets.key-vault-driver-on": always("Every cluster could have it."),
  "secrets.kms-encryption-on": always("Every cluster keeps secrets."),

  "images.admission-gated": always("Every cluster admits images."),
  "images.cleaner-on": always("Every node keeps images."),

  "monitoring.defender-sensor-on": always("Every cluster could have it."),
  "monitoring.audit-logs-streamed": always("Every cluster writes them."),
  "monitoring.control-plane-logs-streamed": always("Every cluster writes them."),
  "monitoring.metrics-or-insights-on": always("Every cluster can be measured."),
};

/** The question arises on every cluster. */
function always(reason: string): Readonly<Partial<Record<VerdictKind, string>>> {
  return { notApplicable: reason };
}
