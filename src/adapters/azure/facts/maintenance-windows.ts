import type { FactSource } from "../../../application/fact-source.ts";
import { at, readRequiredText } from "../../row.ts";
import type { ClusterPart, ClusterParts } from "../cluster-parts.ts";
import { managedClustersVersion } from "../resource-manager.ts";
import { createClusterFacts } from "./cluster-facts.ts";

/** One list for each cluster (https://learn.microsoft.com/rest/api/aks/maintenance-configurations/list-by-managed-cluster). */
export function createMaintenanceWindows(parts: ClusterParts): FactSource {
  return createClusterFacts("maintenanceWindows", () => async ({ cluster: { id } }) => {
    const names = await parts.list(id, configurations);
    return { configurations: { path: `${id}/${configurations.path}`, observed: names, value: names } };
  });
}

/** By name alone, which says what a configuration is for. */
const configurations: ClusterPart<string> = {
  path: "maintenanceConfigurations",
  apiVersion: managedClustersVersion,
  what: "the maintenance configurations",
  map: (root) => readRequiredText(at(root, "name")),
};
