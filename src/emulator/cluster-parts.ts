import type { ArmCall, ArmService } from "./arm.ts";
import { answerJson, resourceNotFound } from "./errors.ts";
import type { RawObject } from "./estate/world.ts";
import type { ServiceName } from "./faults.ts";
import { findCluster, apiVersions as managedClustersVersions } from "./managed-clusters.ts";
import { readText } from "./world-index.ts";

/** A type of resource that stands under a cluster's id and that Resource Graph does not hold. */
interface PartType {
  readonly name: ServiceName;
  /** `Microsoft.X/things`, as the provider writes it. */
  readonly type: string;
  /** Below the cluster's id. */
  readonly path: string;
  readonly apiVersions: readonly string[];
}

const cluster =
  "/subscriptions/(?<subscription>[^/]+)/resourceGroups/(?<group>[^/]+)/providers/Microsoft\\.ContainerService/managedClusters/(?<cluster>[^/]+)";

/** What hangs on clusters in ARM alone. */
export const clusterParts: readonly ArmService[] = [
  listOf({
    name: "diagnosticSettings",
    type: "Microsoft.Insights/diagnosticSettings",
    path: "providers/Microsoft.Insights/diagnosticSettings",
    apiVersions: ["2021-05-01-preview"],
  }),
  listOf({
    name: "maintenanceConfigurations",
    type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    path: "maintenanceConfigurations",
    apiVersions: managedClustersVersions,
  }),
  oneOf({
    name: "safeguards",
    type: "Microsoft.ContainerService/deploymentSafeguards",
    path: "providers/Microsoft.ContainerService/deploymentSafeguards/default",
    apiVersions: ["2025-04-01", "2025-07-01"],
  }),
];

function listOf(part: PartType): ArmService {
  return serviceOf(part, (call, id) => ({ value: call.index.children(id) }));
}

function oneOf(part: PartType): ArmService {
  return serviceOf(part, (call, id, group) => {
    const found = call.index.resource(id);
    if (!found) throw resourceNotFound(`${part.type}/default`, group);
    return found;
  });
}

function serviceOf(
  { name, type, path, apiVersions }: PartType,
  read: (call: ArmCall, id: string, group: string) => RawObject,
): ArmService {
  return {
    name,
    path: new RegExp(`^${cluster}/${path.replaceAll(".", "\\.")}/?$`, "i"),
    method: "GET",
    apiVersions,
    answer(call, parameters) {
      const found = findCluster(call, parameters, type);
      return answerJson(200, read(call, `${readText(found, "id")}/${path}`, parameters.group ?? ""));
    },
  };
}
