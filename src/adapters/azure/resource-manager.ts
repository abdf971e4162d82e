import { ContainerServiceClient } from "@azure/arm-containerservice";
import { createDefaultHttpClient, createPipelineRequest } from "@azure/core-rest-pipeline";
import { SourceError } from "../../application/source-error.ts";
import { parseClusterId } from "../../domain/cluster.ts";
import type { Send } from "./answer.ts";
import { type AzureAccess, clientOptions, credentialOf } from "./azure-access.ts";

/** Newest generally available version (https://learn.microsoft.com/rest/api/aks/managed-clusters/get); the SDK's own default is older, and we read the raw body anyway. */
export const managedClustersVersion = "2026-06-01";

/** Reads of Azure Resource Manager: each sends one request through the SDK's pipeline. Throws RangeError for an id that is not a cluster's. */
export interface ResourceManager {
  cluster(clusterId: string): Send;
  /** First page of the cluster's agent pools. */
  agentPools(clusterId: string): Send;
  /** A kubeconfig of the cluster; of one without managed Entra it is an administrator's. */
  userCredential(clusterId: string): Send;
  get(path: string, apiVersion: string): Send;
  /** The next page of a list, by the link the page before it gave. @throws SourceError for a link that leads elsewhere */
  follow(nextLink: string): Send;
}

export function createResourceManager(access: AzureAccess): ResourceManager {
  const { endpoint, httpClient = createDefaultHttpClient() } = access;
  const credential = credentialOf(access);
  const options = clientOptions(access);
  // One pipeline for all: with it one token, whatever the subscription.
  const { pipeline } = new ContainerServiceClient(credential, "", options);

  function clientOf(clusterId: string) {
    const id = parseClusterId(clusterId);
    if (id === null) throw new RangeError(`Not the resource id of a managed cluster: ${clusterId}`);
    const client = new ContainerServiceClient(credential, id.subscriptionId, {
      ...options,
      pipeline,
      apiVersion: managedClustersVersion,
    });
    return { id, client };
  }

  function sendTo(url: URL, method: "GET" | "POST" = "GET"): Send {
    return async ({ abortSignal, onResponse }) => {
      const request = createPipelineRequest({ url: url.href, method, abortSignal });
      const { status, headers, bodyAsText } = await pipeline.sendRequest(httpClient, request);
      onResponse({ status, headers, parsedBody: parse(bodyAsText) });
    };
  }

  return {
    cluster(clusterId) {
      const { id, client } = clientOf(clusterId);
      return (sendOptions) => client.managedClusters.get(id.resourceGroup, id.name, sendOptions);
    },
    agentPools(clusterId) {
      const { id, client } = clientOf(clusterId);
      return (sendOptions) => client.agentPools.list(id.resourceGroup, id.name, sendOptions).byPage().next();
    },
    userCredential(clusterId) {
      const { id } = clientOf(clusterId);
      const url = new URL(`${id.id}/listClusterUserCredential`, endpoint);
      url.searchParams.set("api-version", managedClustersVersion);
      return sendTo(url, "POST");
    },
    get(path, apiVersion) {
      const url = new URL(path, endpoint);
      url.searchParams.set("api-version", apiVersion);
      return sendTo(url);
    },
    follow(nextLink) {
      const url = URL.canParse(nextLink) ? new URL(nextLink) : null;
      // The token goes to Resource Manager and nowhere else.
      if (url?.origin === new URL(endpoint).origin) return sendTo(url);
      throw new SourceError("The link to the next page leads away from Resource Manager.", {
        reason: "malformed",
      });
    },
  };
}

/** Undefined for what is no JSON: the answer is then judged by its status and by not being an object. */
function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
