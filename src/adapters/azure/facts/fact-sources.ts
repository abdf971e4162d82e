import type { FactSource } from "../../../application/ports.ts";
import { type AzureAccess, patienceOf } from "../azure-access.ts";
import { createClusterParts } from "../cluster-parts.ts";
import { createResourceManager } from "../resource-manager.ts";
import { createDiagnosticSettings } from "./diagnostic-settings.ts";
import { createMaintenanceWindows } from "./maintenance-windows.ts";
import { createSafeguards } from "./safeguards.ts";

/** Everything Azure tells of clusters beside their own rows, source by source. */
export function createFactSources(access: AzureAccess): readonly FactSource[] {
  const arm = createResourceManager(access);
  const patience = patienceOf(access);
  const parts = createClusterParts(arm, patience);
  return [
    createDiagnosticSettings(arm, patience),
    createMaintenanceWindows(parts),
    createSafeguards(parts),
  ];
}
