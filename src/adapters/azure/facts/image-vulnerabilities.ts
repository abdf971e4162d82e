import type { FactSource } from "../../../application/fact-source.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Facts } from "../../../domain/facts.ts";
import { collected, unavailable } from "../../../domain/reading.ts";
import { isObject, type JsonObject } from "../../json-object.ts";
import { readGraphRows } from "../graph-rows.ts";
import { containerAssessmentsQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { createWorstSoftware, type WorstSoftware } from "./worst-software.ts";

/** Of assessments that are no finding but show that Defender looks at a cluster, by name. */
const signsOfLife: ReadonlySet<string> = new Set([
  "56a83a6e-c417-42ec-b567-1e6fcb3d09a9",
  "1a2b5b4c-f80d-46e7-ac81-b51a9fb363de",
]);

/** Containers stand under their cluster's id in Defender's eyes. */
const clusterPattern =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.containerservice\/managedclusters\/[^/]+(?=\/|$)/;

interface OfCluster {
  isAssessed: boolean;
  readonly counts: Record<string, number>;
  readonly worst: WorstSoftware;
}

/** What Defender has found in running images, in one query for all subscriptions of the clusters. */
export function createImageVulnerabilities(graph: ResourceGraph): FactSource {
  return {
    groups: ["imageVulnerabilities"],
    async read(clusters) {
      const found = new Map(clusters.map(({ cluster }) => [cluster.id.toLowerCase(), emptyFindings()]));
      /** By subscription; `""` for those that do not even tell that. */
      const unplaced = new Map<string, number>();
      const failureOf = await readGraphRows(
        graph,
        { query: containerAssessmentsQuery, what: "the Defender assessments", role: "Security Reader" },
        clusters.flatMap(({ cluster }) => cluster.subscriptionId ?? []),
        (row) => {
          const assessment = isObject(row) ? row : {};
          const clusterId = clusterOf(assessment);
          if (clusterId === null) {
            const subscription = textOf(assessment.subscriptionId)?.toLowerCase() ?? "";
            unplaced.set(subscription, (unplaced.get(subscription) ?? 0) + 1);
            return;
          }
          const known = found.get(clusterId);
          if (known) take(assessment, known);
        },
      );
      return ({ cluster: { id, subscriptionId } }) => {
        const failure = failureOf(subscriptionId ?? "");
        if (failure) return { imageVulnerabilities: unavailable(gapFrom(failure, id)) };
        const { isAssessed, counts, worst } = found.get(id.toLowerCase()) ?? emptyFindings();
        const open = (unplaced.get(subscriptionId ?? "") ?? 0) + (unplaced.get("") ?? 0);
        return {
          imageVulnerabilities: collected<Facts["imageVulnerabilities"]>({
            isAssessed,
            counts,
            worst: worst.list(),
            unplaced: open,
          }),
        };
      };
    },
  };
}

function emptyFindings(): OfCluster {
  return { isAssessed: false, counts: {}, worst: createWorstSoftware() };
}

function take(assessment: JsonObject, found: OfCluster): void {
  found.isAssessed = true;
  if (signsOfLife.has(textOf(assessment.name)?.toLowerCase() ?? "")) return;
  const severity = textOf(assessment.severity) ?? "not told";
  found.counts[severity] = (found.counts[severity] ?? 0) + 1;
  found.worst.take({
    path: textOf(assessment.id) ?? "",
    software: textOf(assessment.software) ?? textOf(assessment.displayName) ?? "(not named)",
    severity,
    cves: assessment.cves,
  });
}

/** The cluster whose container is spoken of, lower case, or null. */
function clusterOf({ resourceId, otherResourceId, id }: JsonObject): string | null {
  for (const one of [resourceId, otherResourceId, id]) {
    const clusterId = clusterPattern.exec(textOf(one)?.toLowerCase() ?? "")?.[0];
    if (clusterId !== undefined) return clusterId;
  }
  return null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
