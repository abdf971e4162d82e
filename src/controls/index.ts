import type { Control } from "../domain/control.ts";
import { apiServerRestricted } from "./control-plane/api-server-restricted.ts";
import { openDoorAbsent } from "./control-plane/open-door-absent.ts";
import { localAccountsDisabled } from "./identity/local-accounts-disabled.ts";
import { defenderPlanOn } from "./monitoring/defender-plan-on.ts";
import { defenderSensorOn } from "./monitoring/defender-sensor-on.ts";
import { azureLinuxCurrent } from "./nodes/azure-linux-current.ts";
import { publicIpsAbsent } from "./nodes/public-ips-absent.ts";

/** Every control, in the order of reports: by layer. What is not listed does not exist. */
export const catalogue: readonly Control[] = [
  localAccountsDisabled,
  apiServerRestricted,
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
