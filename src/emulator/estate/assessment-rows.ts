import type { ClusterSpec } from "./cluster-spec.ts";
import { emptyColumns } from "./container-rows.ts";
import { guidOf } from "./ids.ts";
import type { RawObject } from "./world.ts";

export const assessmentType = "microsoft.security/assessments";

/** Software in an image that runs in a cluster, with what Defender knows against it. */
export interface VulnerabilitySpec {
  readonly software: string;
  readonly severity: "Critical" | "High" | "Medium" | "Low";
  /** CVEs with their scores. */
  readonly cves: Readonly<Record<string, number>>;
  /** Default `Unhealthy`. */
  readonly status?: "Healthy" | "Unhealthy" | "NotApplicable";
}

/**
 * What Defender for Cloud says of a cluster: that it looked at its profile, and software to be updated in containers.
 * The form is that of https://learn.microsoft.com/azure/defender-for-cloud/transition-grouped-individual-recommendations;
 * public queries show containers under their cluster's id in `securityentitydata`, how they are named there is made up.
 */
export function assessmentRows(clusterId: string, spec: ClusterSpec): readonly RawObject[] {
  // Retired in Azure China.
  if (spec.location.startsWith("china")) return [];
  return [
    assessmentRow(spec, {
      resourceId: clusterId,
      resourceType: "microsoft.containerservice/managedclusters",
      name: "56a83a6e-c417-42ec-b567-1e6fcb3d09a9",
      displayName: "Azure Kubernetes Service clusters should have Defender profile enabled",
      severity: "High",
      category: "Unknown",
      status: "Healthy",
      additionalData: {},
    }),
    ...(spec.vulnerabilities ?? []).map(({ software, severity, cves, status = "Unhealthy" }, number) =>
      assessmentRow(spec, {
        resourceId: `${clusterId}/securityentitydata/kubernetes-containers-${spec.name}-${number}`,
        resourceType: "microsoft.containerservice/managedclusters/securityentitydata",
        name: guidOf(`${software} update`),
        displayName: `Update ${software}`,
        severity,
        category: "SoftwareUpdate",
        status,
        additionalData: {
          SoftwareName: software,
          PackageType: "OS",
          DetectedSoftwareVersions: '["3.0.2"]',
          FixedVersion: "3.0.19",
          CvesDetails: JSON.stringify(
            Object.entries(cves).map(([CveId, Base]) => ({
              CveId,
              Severity: severity,
              Cvss: [{ Key: "3.1", Value: { Base, CvssVectorString: null } }],
              FixStatus: "FixAvailable",
            })),
          ),
        },
      }),
    ),
  ];
}

interface Assessment {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly name: string;
  readonly displayName: string;
  readonly severity: string;
  readonly category: string;
  readonly status: string;
  readonly additionalData: RawObject;
}

function assessmentRow({ subscription, resourceGroup }: ClusterSpec, one: Assessment): RawObject {
  const { resourceId, resourceType, name, displayName, severity, category, status, additionalData } = one;
  return {
    id: `${resourceId}/providers/Microsoft.Security/assessments/${name}`,
    name,
    type: assessmentType,
    ...emptyColumns,
    resourceGroup,
    subscriptionId: subscription.subscriptionId,
    properties: {
      displayName,
      status: { code: status, cause: "", description: "", firstEvaluationDate: "2026-09-02T04:11:32Z" },
      resourceDetails: { Id: resourceId, Source: "Azure", ResourceType: resourceType },
      metadata: {
        severity,
        assessmentType: "BuiltIn",
        categories: ["Container"],
        recommendationCategory: category,
      },
      additionalData,
    },
  };
}
