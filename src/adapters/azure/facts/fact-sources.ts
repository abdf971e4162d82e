import type { FactSource } from "../../../application/ports.ts";
import { createAccess } from "../access/access.ts";
import { createContainers } from "../access/containers.ts";
import { type AzureAccess, patienceOf } from "../azure-access.ts";
import { createClusterParts } from "../cluster-parts.ts";
import { createDirectory } from "../directory.ts";
import { createPace, type Pace } from "../pace.ts";
import { createResourceGraph } from "../resource-graph.ts";
import { createResourceManager } from "../resource-manager.ts";
import { createAdminGroups } from "./admin-groups.ts";
import { createAzurePolicy } from "./azure-policy.ts";
import { createClusterAccess } from "./cluster-access.ts";
import { createDiagnosticSettings } from "./diagnostic-settings.ts";
import { createFederatedIdentities } from "./federated-identities.ts";
import { createIdentityGrants } from "./identity-grants.ts";
import { createImageVulnerabilities } from "./image-vulnerabilities.ts";
import { createLatestImages } from "./latest-images.ts";
import { createMaintenanceWindows } from "./maintenance-windows.ts";
import { createNodeGroupAccess } from "./node-group-access.ts";
import { createNodeIdentities } from "./node-identities.ts";
import { createRegionVersions } from "./region-versions.ts";
import { createSafeguards } from "./safeguards.ts";
import { createSubnetRoutes } from "./subnet-routes.ts";
import { createTrustedIssuers } from "./trusted-issuers.ts";

export interface FactSourceOptions extends AzureAccess {
  /** Shared by all that query Resource Graph as the same identity; without it the sources pace themselves alone. */
  readonly pace?: Pace;
  /** Milliseconds since 1970; the machine's clock without it. */
  readonly now?: () => number;
}

/** Everything Azure tells of clusters beside their own rows, source by source. */
export function createFactSources(access: FactSourceOptions): readonly FactSource[] {
  const arm = createResourceManager(access);
  const graph = createResourceGraph(access, access.pace ?? createPace());
  const patience = patienceOf(access);
  const parts = createClusterParts(arm, patience);
  const readContainers = createContainers(graph);
  const readAccess = createAccess(graph, readContainers);
  return [
    createDiagnosticSettings(parts, arm, patience),
    createLatestImages(parts, access.now ?? Date.now),
    createMaintenanceWindows(parts),
    createRegionVersions(arm, patience),
    createSafeguards(parts),
    createTrustedIssuers(parts),
    createSubnetRoutes(graph),
    createImageVulnerabilities(graph),
    createAzurePolicy({ graph, arm, patience, readContainers }),
    createClusterAccess(readAccess),
    createAdminGroups(createDirectory(access)),
    createNodeGroupAccess(readAccess),
    createIdentityGrants(readAccess),
    createNodeIdentities(graph, readAccess),
    createFederatedIdentities({ graph, arm, patience, readAccess }),
  ];
}
