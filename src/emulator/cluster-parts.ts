import type { ArmCall, ArmService } from "./arm.ts";
import { AzureError, answerJson, resourceNotFound } from "./errors.ts";
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
  /** Previews are not in every cloud. */
  readonly isPreview?: true;
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
  listOf({
    name: "trustedAccess",
    type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    path: "trustedAccessRoleBindings",
    apiVersions: managedClustersVersions,
  }),
  listOf({
    name: "jwtAuthenticators",
    type: "Microsoft.ContainerService/managedClusters/jwtAuthenticators",
    path: "jwtAuthenticators",
    apiVersions: ["2025-10-02-preview", "2026-06-02-preview"],
    isPreview: true,
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
  part: PartType,
  read: (call: ArmCall, id: string, group: string) => RawObject,
): ArmService {
  const { name, type, path, apiVersions } = part;
  return {
    name,
    path: new RegExp(`^${cluster}/${path.replaceAll(".", "\\.")}/?$`, "i"),
    method: "GET",
    apiVersions,
    answer(call, parameters) {
      const found = findCluster(call, parameters, type);
      if (part.isPreview) requirePreview(call, part, readText(found, "location"));
      return answerJson(200, read(call, `${readText(found, "id")}/${path}`, parameters.group ?? ""));
    },
  };
}

/** Clouds apart, such as Azure China, get previews late or never. */
function requirePreview({ url }: ArmCall, { type, apiVersions }: PartType, location: string): void {
  if (!location.startsWith("china")) return;
  const older = apiVersions.filter((version) => !version.endsWith("-preview")).join(", ");
  throw new AzureError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${location}' and API version '${url.searchParams.get("api-version")}' for type '${type.replace(/^[^/]+\//, "")}'. The supported api-versions are '${older}'.`,
  );
}
