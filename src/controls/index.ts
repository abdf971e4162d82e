import type { Control } from "../domain/control.ts";
import { apiServerRestricted } from "./control-plane/api-server-restricted.ts";
import { authorizedRangesNarrow } from "./control-plane/authorized-ranges-narrow.ts";
import { autoUpgradeOn } from "./control-plane/auto-upgrade-on.ts";
import { maintenanceWindowsSet } from "./control-plane/maintenance-windows-set.ts";
import { nodeGroupLocked } from "./control-plane/node-group-locked.ts";
import { openDoorAbsent } from "./control-plane/open-door-absent.ts";
import { paidTierUsed } from "./control-plane/paid-tier-used.ts";
import { privateCluster } from "./control-plane/private-cluster.ts";
import { privateDnsOnly } from "./control-plane/private-dns-only.ts";
import { runCommandDisabled } from "./control-plane/run-command-disabled.ts";
import { versionSupported } from "./control-plane/version-supported.ts";
import { adminAccessByGroup } from "./identity/admin-access-by-group.ts";
import { adminGroupsHealthy } from "./identity/admin-groups-healthy.ts";
import { azureRbacEnabled } from "./identity/azure-rbac-enabled.ts";
import { clusterIdentitiesLeastPrivileged } from "./identity/cluster-identities-least-privileged.ts";
import { entraIntegrationManaged } from "./identity/entra-integration-managed.ts";
import { federatedIdentitiesLeastPrivileged } from "./identity/federated-identities-least-privileged.ts";
import { kubernetesBindingsByGroup } from "./identity/kubernetes-bindings-by-group.ts";
import { kubernetesRbacEnabled } from "./identity/kubernetes-rbac-enabled.ts";
import { localAccountsDisabled } from "./identity/local-accounts-disabled.ts";
import { managedIdentityUsed } from "./identity/managed-identity-used.ts";
import { nodeGroupAccessLimited } from "./identity/node-group-access-limited.ts";
import { nodeIdentitiesLeastPrivileged } from "./identity/node-identities-least-privileged.ts";
import { podIdentityRetired } from "./identity/pod-identity-retired.ts";
import { tokenIssuersKnown } from "./identity/token-issuers-known.ts";
import { workloadIdentityEnabled } from "./identity/workload-identity-enabled.ts";
import { admissionGated } from "./images/admission-gated.ts";
import { cleanerOn } from "./images/cleaner-on.ts";
import { fromAllowedRegistries } from "./images/from-allowed-registries.ts";
import { pinnedByDigest } from "./images/pinned-by-digest.ts";
import { registryScanningOn } from "./images/registry-scanning-on.ts";
import { runningWithoutKnownVulnerabilities } from "./images/running-without-known-vulnerabilities.ts";
import { auditLogsStreamed } from "./monitoring/audit-logs-streamed.ts";
import { controlPlaneLogsStreamed } from "./monitoring/control-plane-logs-streamed.ts";
import { defenderPlanOn } from "./monitoring/defender-plan-on.ts";
import { defenderSensorOn } from "./monitoring/defender-sensor-on.ts";
import { metricsOrInsightsOn } from "./monitoring/metrics-or-insights-on.ts";
import { azureCniUsed } from "./network/azure-cni-used.ts";
import { defaultDenyEverywhere } from "./network/default-deny-everywhere.ts";
import { egressControlled } from "./network/egress-controlled.ts";
import { legacyIngressAbsent } from "./network/legacy-ingress-absent.ts";
import { policyEngineOn } from "./network/policy-engine-on.ts";
import { standardLoadBalancer } from "./network/standard-load-balancer.ts";
import { trafficEncrypted } from "./network/traffic-encrypted.ts";
import { azureLinuxCurrent } from "./nodes/azure-linux-current.ts";
import { azureLinuxPreferred } from "./nodes/azure-linux-preferred.ts";
import { disksEncryptedAtHost } from "./nodes/disks-encrypted-at-host.ts";
import { imageFresh } from "./nodes/image-fresh.ts";
import { osAutoUpgradeOn } from "./nodes/os-auto-upgrade-on.ts";
import { osInSupport } from "./nodes/os-in-support.ts";
import { publicIpsAbsent } from "./nodes/public-ips-absent.ts";
import { sshDisabled } from "./nodes/ssh-disabled.ts";
import { trustedLaunchOn } from "./nodes/trusted-launch-on.ts";
import { versionsAligned } from "./nodes/versions-aligned.ts";
import { keyVaultDriverOn } from "./secrets/key-vault-driver-on.ts";
import { keyVaultPrivate } from "./secrets/key-vault-private.ts";
import { kmsEncryptionOn } from "./secrets/kms-encryption-on.ts";
import { mountedByDriver } from "./secrets/mounted-by-driver.ts";
import { notInEnvironment } from "./secrets/not-in-environment.ts";
import { rotationOn } from "./secrets/rotation-on.ts";
import { capabilitiesDropped } from "./workloads/capabilities-dropped.ts";
import { clusterAdminBindingsAbsent } from "./workloads/cluster-admin-bindings-absent.ts";
import { defaultNamespaceUnused } from "./workloads/default-namespace-unused.ts";
import { hostNamespacesUnused } from "./workloads/host-namespaces-unused.ts";
import { hostPathsUnused } from "./workloads/host-paths-unused.ts";
import { nodeTakeoverPathAbsent } from "./workloads/node-takeover-path-absent.ts";
import { policyAddonOn } from "./workloads/policy-addon-on.ts";
import { privilegeEscalationBlocked } from "./workloads/privilege-escalation-blocked.ts";
import { privilegedContainersAbsent } from "./workloads/privileged-containers-absent.ts";
import { resourceLimitsSet } from "./workloads/resource-limits-set.ts";
import { restrictedStandardAssigned } from "./workloads/restricted-standard-assigned.ts";
import { restrictedStandardEnforced } from "./workloads/restricted-standard-enforced.ts";
import { rootFilesystemReadOnly } from "./workloads/root-filesystem-read-only.ts";
import { runAsNonRoot } from "./workloads/run-as-non-root.ts";
import { seccompSet } from "./workloads/seccomp-set.ts";
import { serviceTokensNotMounted } from "./workloads/service-tokens-not-mounted.ts";

/** Every control, in the order of reports: by layer. What is not listed does not exist. */
export const catalogue: readonly Control[] = [
  localAccountsDisabled,
  entraIntegrationManaged,
  azureRbacEnabled,
  kubernetesRbacEnabled,
  adminAccessByGroup,
  kubernetesBindingsByGroup,
  adminGroupsHealthy,
  workloadIdentityEnabled,
  podIdentityRetired,
  managedIdentityUsed,
  clusterIdentitiesLeastPrivileged,
  nodeIdentitiesLeastPrivileged,
  nodeGroupAccessLimited,
  tokenIssuersKnown,
  federatedIdentitiesLeastPrivileged,
  apiServerRestricted,
  privateCluster,
  authorizedRangesNarrow,
  privateDnsOnly,
  runCommandDisabled,
  autoUpgradeOn,
  versionSupported,
  maintenanceWindowsSet,
  nodeGroupLocked,
  paidTierUsed,
  openDoorAbsent,
  azureLinuxCurrent,
  osInSupport,
  azureLinuxPreferred,
  publicIpsAbsent,
  osAutoUpgradeOn,
  imageFresh,
  versionsAligned,
  disksEncryptedAtHost,
  sshDisabled,
  trustedLaunchOn,
  policyEngineOn,
  defaultDenyEverywhere,
  azureCniUsed,
  egressControlled,
  standardLoadBalancer,
  legacyIngressAbsent,
  trafficEncrypted,
  policyAddonOn,
  restrictedStandardAssigned,
  restrictedStandardEnforced,
  privilegedContainersAbsent,
  privilegeEscalationBlocked,
  runAsNonRoot,
  capabilitiesDropped,
  rootFilesystemReadOnly,
  hostNamespacesUnused,
  hostPathsUnused,
  seccompSet,
  resourceLimitsSet,
  serviceTokensNotMounted,
  defaultNamespaceUnused,
  clusterAdminBindingsAbsent,
  nodeTakeoverPathAbsent,
  keyVaultDriverOn,
  rotationOn,
  kmsEncryptionOn,
  keyVaultPrivate,
  notInEnvironment,
  mountedByDriver,
  registryScanningOn,
  runningWithoutKnownVulnerabilities,
  admissionGated,
  fromAllowedRegistries,
  pinnedByDigest,
  cleanerOn,
  defenderSensorOn,
  defenderPlanOn,
  auditLogsStreamed,
  controlPlaneLogsStreamed,
  metricsOrInsightsOn,
];

/** In every profile, and first on every card and report. */
export const headlineControls: readonly Control[] = [
  localAccountsDisabled,
  apiServerRestricted,
  azureLinuxCurrent,
  publicIpsAbsent,
  defenderSensorOn,
  defenderPlanOn,
];
