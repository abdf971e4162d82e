import type { Control } from "../domain/control.ts";
import { apiServerRestricted } from "./control-plane/api-server-restricted.ts";
import { authorizedRangesNarrow } from "./control-plane/authorized-ranges-narrow.ts";
import { autoUpgradeOn } from "./control-plane/auto-upgrade-on.ts";
import { nodeGroupLocked } from "./control-plane/node-group-locked.ts";
import { openDoorAbsent } from "./control-plane/open-door-absent.ts";
import { paidTierUsed } from "./control-plane/paid-tier-used.ts";
import { privateCluster } from "./control-plane/private-cluster.ts";
import { privateDnsOnly } from "./control-plane/private-dns-only.ts";
import { runCommandDisabled } from "./control-plane/run-command-disabled.ts";
import { azureRbacEnabled } from "./identity/azure-rbac-enabled.ts";
import { entraIntegrationManaged } from "./identity/entra-integration-managed.ts";
import { kubernetesRbacEnabled } from "./identity/kubernetes-rbac-enabled.ts";
import { localAccountsDisabled } from "./identity/local-accounts-disabled.ts";
import { managedIdentityUsed } from "./identity/managed-identity-used.ts";
import { podIdentityRetired } from "./identity/pod-identity-retired.ts";
import { workloadIdentityEnabled } from "./identity/workload-identity-enabled.ts";
import { defenderPlanOn } from "./monitoring/defender-plan-on.ts";
import { defenderSensorOn } from "./monitoring/defender-sensor-on.ts";
import { azureLinuxCurrent } from "./nodes/azure-linux-current.ts";
import { publicIpsAbsent } from "./nodes/public-ips-absent.ts";

/** Every control, in the order of reports: by layer. What is not listed does not exist. */
export const catalogue: readonly Control[] = [
  localAccountsDisabled,
  entraIntegrationManaged,
  azureRbacEnabled,
  kubernetesRbacEnabled,
  workloadIdentityEnabled,
  podIdentityRetired,
  managedIdentityUsed,
  apiServerRestricted,
  privateCluster,
  authorizedRangesNarrow,
  privateDnsOnly,
  runCommandDisabled,
  autoUpgradeOn,
  nodeGroupLocked,
  paidTierUsed,
  openDoorAbsent,
  azureLinuxCurrent,
  publicIpsAbsent,
  defenderSensorOn,
  defenderPlanOn,
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
