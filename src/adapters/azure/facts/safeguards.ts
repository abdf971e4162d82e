import type { FactSource } from "../../../application/fact-source.ts";
import type { Facts } from "../../../domain/facts.ts";
import { at, type Place, readRequiredText, readText, readTexts } from "../../row.ts";
import type { ClusterPart, ClusterParts } from "../cluster-parts.ts";
import { createClusterFacts } from "./cluster-facts.ts";

const path = "providers/Microsoft.ContainerService/deploymentSafeguards/default";

/** Deployment safeguards, a resource of their own beside each cluster, which Resource Graph does not have. */
export function createSafeguards(parts: ClusterParts): FactSource {
  return createClusterFacts("safeguards", () => async ({ cluster: { id } }) => {
    const resourceId = `${id}/${path}`;
    return (await parts.single(id, partAt(resourceId))) ?? noSafeguards(resourceId);
  });
}

/** Newest generally available version (github.com/Azure/azure-rest-api-specs, Microsoft.ContainerService/deploymentsafeguards). */
function partAt(resourceId: string): ClusterPart<Facts["safeguards"]> {
  return {
    path,
    apiVersion: "2025-07-01",
    what: "the deployment safeguards",
    map: (root) => mapSafeguards(root, resourceId),
  };
}

/** Pod security is `Privileged` unless another level was chosen (https://learn.microsoft.com/azure/aks/deployment-safeguards). */
function mapSafeguards(root: Place, resourceId: string): Facts["safeguards"] {
  const properties = at(root, "properties");
  const level = readRequiredText(at(properties, "level"));
  const podSecurity = readText(at(properties, "podSecurityStandardsLevel"));
  return {
    level: { path: resourceId, observed: level, value: level },
    podSecurityStandardsLevel: {
      path: resourceId,
      observed: podSecurity,
      value: podSecurity ?? "Privileged",
    },
    excludedNamespaces: readTexts(at(properties, "excludedNamespaces")) ?? [],
  };
}

/** A cluster without the resource has its safeguards off, pod security with them. */
function noSafeguards(resourceId: string): Facts["safeguards"] {
  return {
    level: { path: resourceId, observed: null, value: "Off" },
    podSecurityStandardsLevel: { path: resourceId, observed: null, value: "Privileged" },
    excludedNamespaces: [],
  };
}
