import type { ClusterSource, ObservedCluster } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { readArmList } from "./arm-list.ts";
import type { Request } from "./ask.ts";
import { type AzureAccess, patienceOf } from "./azure-access.ts";
import { readDefenderPlan } from "./defender-plan.ts";
import { mapManagedCluster } from "./managed-cluster.ts";
import { mapMachineWithIdentities } from "./node-machine.ts";
import { createPace, type Pace } from "./pace.ts";
import { readIfPresent } from "./presence.ts";
import { nodeGroupQuery } from "./queries.ts";
import { grantRole } from "./remedies.ts";
import { createResourceGraph } from "./resource-graph.ts";
import { createResourceManager } from "./resource-manager.ts";

export interface ClusterSourceOptions extends AzureAccess {
  /** Shared by all that query Resource Graph as the same identity; without it the source paces itself alone. */
  readonly pace?: Pace;
}

/** One cluster, live: itself and its pricing from Resource Manager, its machines from Resource Graph. */
export function createClusterSource(options: ClusterSourceOptions): ClusterSource {
  const arm = createResourceManager(options);
  const graph = createResourceGraph(options, options.pace ?? createPace());
  const patience = patienceOf(options);

  return {
    async cluster(clusterId) {
      const request: Request = {
        task: `cluster ${clusterId}`,
        remedy: grantRole("Reader", clusterId),
        send: arm.cluster(clusterId),
      };
      const body = await readIfPresent(request, patience);
      if (body === null) return null;
      const pools = listsNoPool(body) ? await readPools(clusterId) : [];
      return toCluster(request.task, pools.length === 0 ? body : withPools(body, pools));
    },
    async *nodeGroup(subscriptionId, nodeResourceGroup) {
      const scope = `/subscriptions/${subscriptionId}/resourceGroups/${nodeResourceGroup}`;
      const query = {
        query: nodeGroupQuery(nodeResourceGroup),
        subscriptions: [subscriptionId],
        task: `the machines of ${scope}`,
        remedy: grantRole("Reader", scope),
      };
      for await (const page of graph(query)) yield page.map(mapMachineWithIdentities);
    },
    defenderPlan: (scope, name = "Containers") => readDefenderPlan(arm, scope, name, patience),
  };

  /** All pages of the cluster's agent pools, as raw resources. */
  async function readPools(clusterId: string): Promise<readonly JsonObject[]> {
    const pools = await readArmList(
      arm,
      {
        task: `the agent pools of ${clusterId}`,
        remedy: grantRole("Reader", clusterId),
        first: arm.agentPools(clusterId),
      },
      patience,
    );
    return pools.map(toProfile);
  }
}

function toCluster(task: string, body: JsonObject): ObservedCluster {
  const mapped = mapManagedCluster(body);
  if ("readings" in mapped) return mapped;
  throw new SourceError(`Could not read ${task}: ${mapped.detail}`, {
    reason: mapped.reason === "malformed" ? "malformed" : "incomplete",
  });
}

function listsNoPool({ properties }: JsonObject): boolean {
  if (!isObject(properties)) return false;
  const pools = properties.agentPoolProfiles ?? [];
  return Array.isArray(pools) && pools.length === 0;
}

function withPools(body: JsonObject, pools: readonly JsonObject[]): JsonObject {
  return {
    ...body,
    properties: { ...(isObject(body.properties) ? body.properties : {}), agentPoolProfiles: pools },
  };
}

/** An agent pool as a resource of its own, in the shape of a cluster's profile. */
function toProfile(pool: unknown): JsonObject {
  if (!isObject(pool)) return { name: null };
  return { ...(isObject(pool.properties) ? pool.properties : {}), name: pool.name };
}
