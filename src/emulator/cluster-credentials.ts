import type { ArmService } from "./arm.ts";
import { answerJson, authorizationFailed } from "./errors.ts";
import { type ServedClusters, writeKubeconfig } from "./kubernetes/kubeconfig.ts";
import { strangeAuthority } from "./kubernetes/strange-authority.ts";
import { apiVersions, findCluster } from "./managed-clusters.ts";
import { readText } from "./world-index.ts";

const type = "Microsoft.ContainerService/managedClusters";

/** While nobody serves them: a port on which nothing listens. */
const nowhere: ServedClusters = { url: "https://127.0.0.1:1", authority: strangeAuthority };

/**
 * The way into a cluster as a user (https://learn.microsoft.com/rest/api/aks/managed-clusters/list-cluster-user-credentials):
 * a kubeconfig in base64. The role Reader does not hold the right to it.
 */
export function createClusterCredentials(served: () => ServedClusters | null): ArmService {
  return {
    name: "clusterCredentials",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/(?<cluster>[^/]+)\/listClusterUserCredential\/?$/i,
    method: "POST",
    apiVersions,
    answer(call, parameters) {
      const cluster = findCluster(call, parameters, type);
      const id = readText(cluster, "id");
      const inside = call.index.world.insideOf?.(id) ?? null;
      if (inside?.isCredentialRefused) {
        throw authorizationFailed(call.principalId, `${type}/listClusterUserCredential/action`, id);
      }
      const kubeconfig = writeKubeconfig(cluster, served() ?? nowhere, inside?.way === "unresolved");
      return answerJson(200, {
        kubeconfigs: [{ name: "clusterUser", value: Buffer.from(kubeconfig).toString("base64") }],
      });
    },
  };
}
