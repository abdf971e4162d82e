import type { ArmService } from "./arm.ts";
import { answerJson } from "./errors.ts";
import { findCluster } from "./managed-clusters.ts";
import { readText } from "./world-index.ts";

const type = "Microsoft.Insights/diagnosticSettings";

/** Diagnostic settings of clusters, which Resource Graph does not hold. */
export const diagnosticSettings: readonly ArmService[] = [
  {
    name: "diagnosticSettings",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/(?<cluster>[^/]+)\/providers\/Microsoft\.Insights\/diagnosticSettings\/?$/i,
    method: "GET",
    apiVersions: ["2021-05-01-preview"],
    answer(call, parameters) {
      const cluster = findCluster(call, parameters, type);
      return answerJson(200, { value: call.index.children(`${readText(cluster, "id")}/providers/${type}`) });
    },
  },
];
