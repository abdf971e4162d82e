import { createAccess } from "../adapters/azure/access/access.ts";
import { createTenantTables } from "../adapters/azure/access/tenant-tables.ts";
import { type AzureAccess, patienceOf } from "../adapters/azure/azure-access.ts";
import { createClusterParts } from "../adapters/azure/cluster-parts.ts";
import { createDirectory } from "../adapters/azure/directory.ts";
import { createAdminGroups } from "../adapters/azure/facts/admin-groups.ts";
import { createAzurePolicy } from "../adapters/azure/facts/azure-policy.ts";
import { createClusterAccess } from "../adapters/azure/facts/cluster-access.ts";
import { createDiagnosticSettings } from "../adapters/azure/facts/diagnostic-settings.ts";
import { createFederatedIdentities } from "../adapters/azure/facts/federated-identities.ts";
import { createIdentityGrants } from "../adapters/azure/facts/identity-grants.ts";
import { createImageVulnerabilities } from "../adapters/azure/facts/image-vulnerabilities.ts";
import { createLatestImages } from "../adapters/azure/facts/latest-images.ts";
import { createMaintenanceWindows } from "../adapters/azure/facts/maintenance-windows.ts";
import { createNodeGroupAccess } from "../adapters/azure/facts/node-group-access.ts";
import { createNodeIdentities } from "../adapters/azure/facts/node-identities.ts";
import { createRegionVersions } from "../adapters/azure/facts/region-versions.ts";
import { createSafeguards } from "../adapters/azure/facts/safeguards.ts";
import { createSubnetRoutes } from "../adapters/azure/facts/subnet-routes.ts";
import { createTrustedIssuers } from "../adapters/azure/facts/trusted-issuers.ts";
import { createPace, type Pace } from "../adapters/azure/pace.ts";
import { createResourceGraph } from "../adapters/azure/resource-graph.ts";
import { createResourceManager } from "../adapters/azure/resource-manager.ts";
import { createInspection } from "../adapters/kubernetes/inspection.ts";
import { createNoInspection } from "../adapters/kubernetes/no-inspection.ts";
import type { FactSource } from "../application/fact-source.ts";

export interface FactSourceOptions extends AzureAccess {
  /** Shared by all that query Resource Graph as the same identity; without it the sources pace themselves alone. */
  readonly pace?: Pace;
  /** Milliseconds since 1970; the machine's clock without it. */
  readonly now?: () => number;
  /** Clusters are looked into through the Kubernetes API; off without it. */
  readonly inspection?: boolean;
}

/** Everything there is to know of clusters beside their own rows, source by source. */
export function createFactSources(access: FactSourceOptions): readonly FactSource[] {
  const arm = createResourceManager(access);
  const graph = createResourceGraph(access, access.pace ?? createPace());
  const patience = patienceOf(access);
  const parts = createClusterParts(arm, patience);
  const tables = createTenantTables(graph);
  const reader = createAccess(graph, tables);
  return [
    createDiagnosticSettings(parts, arm, patience),
    createLatestImages(parts, access.now ?? Date.now),
    createMaintenanceWindows(parts),
    createRegionVersions(arm, patience),
    createSafeguards(parts),
    createTrustedIssuers(parts),
    createSubnetRoutes(graph),
    createImageVulnerabilities(graph),
    createAzurePolicy({ graph, arm, patience, tables }),
    createClusterAccess(reader),
    createAdminGroups(createDirectory(access)),
    createNodeGroupAccess(reader),
    createIdentityGrants(reader),
    createNodeIdentities(reader),
    createFederatedIdentities({ graph, arm, patience, reader, tables }),
    access.inspection === true ? createInspection({ access, arm }) : createNoInspection(),
  ];
}
