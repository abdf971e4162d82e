import type { FactSource } from "../../../application/ports.ts";
import { type AzureAccess, patienceOf } from "../azure-access.ts";
import { createClusterParts } from "../cluster-parts.ts";
import { createPace, type Pace } from "../pace.ts";
import { createResourceGraph } from "../resource-graph.ts";
import { createResourceManager } from "../resource-manager.ts";
import { createDiagnosticSettings } from "./diagnostic-settings.ts";
import { createMaintenanceWindows } from "./maintenance-windows.ts";
import { createSafeguards } from "./safeguards.ts";
import { createTrustedIssuers } from "./trusted-issuers.ts";
import { createSubnetRoutes } from "./subnet-routes.ts";

export interface FactSourceOptions extends AzureAccess {
  /** Shared by all that query Resource Graph as the same identity; without it the sources pace themselves alone. */
  readonly pace?: Pace;
}

/** Everything Azure tells of clusters beside their own rows, source by source. */
export function createFactSources(access: FactSourceOptions): readonly FactSource[] {
  const arm = createResourceManager(access);
  const graph = createResourceGraph(access, access.pace ?? createPace());
  const patience = patienceOf(access);
  const parts = createClusterParts(arm, patience);
  return [
    createDiagnosticSettings(arm, patience),
    createMaintenanceWindows(parts),
    createSafeguards(parts),
    createTrustedIssuers(parts),
    createSubnetRoutes(graph),
  ];
}
