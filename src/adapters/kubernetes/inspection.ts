import type { FactSource, FurtherReadings } from "../../application/fact-source.ts";
import type { ObservedCluster } from "../../application/ports.ts";
import { gapFrom } from "../../application/source-error.ts";
import { createArmPace } from "../azure/arm-pace.ts";
import { type AzureAccess, credentialOf, patienceOf } from "../azure/azure-access.ts";
import { readEachCluster } from "../azure/each-cluster.ts";
import { realTiming } from "../azure/pace.ts";
import type { ResourceManager } from "../azure/resource-manager.ts";
import { inParallel } from "../in-parallel.ts";
import type { ApiFailure } from "./api/api-answer.ts";
import { apiLists } from "./api/api-lists.ts";
import { type ApiReader, apiError, createApiReader, type ReadingTime } from "./api/api-reader.ts";
import { openApiServer } from "./api/api-server.ts";
import { type ClusterTokens, createClusterTokens } from "./api/cluster-token.ts";
import { readWayIn, type WayIn } from "./api/way-in.ts";
import { inspectCluster } from "./inspect-cluster.ts";
import { inspectedGroups, notInspected, unreadInside } from "./not-inspected.ts";

export interface InspectionOptions {
  readonly access: Pick<AzureAccess, "credential" | "patience">;
  readonly arm: ResourceManager;
  /** Default: 20 s for a request, 60 s for a cluster. */
  readonly time?: ReadingTime;
}

/** Clusters that are looked into at the same time. */
const mostAtOnce = 8;

/**
 * What the provider of AKS lets one subscription ask of anything that has no allowance of its own: 60 at once, refilled
 * with one a second (https://learn.microsoft.com/azure/aks/quotas-skus-regions). A part is left to others.
 */
const ofCredentials = { mostAtOnce: 50, refilledPerSecond: 0.8 };

/**
 * Looks into clusters through the Kubernetes API, as the monitor itself and to read alone. Fails by the cluster and
 * never as a whole.
 */
export function createInspection({ access, arm, time }: InspectionOptions): FactSource {
  const patience = patienceOf(access);
  const pace = createArmPace({ ...realTiming, sleep: patience.sleep }, ofCredentials);
  const limits = time ?? { requestInMs: Math.min(20_000, patience.tryTimeoutInMs), clusterInMs: 60_000 };

  /** @throws SourceError when nothing can be told of the cluster */
  async function lookInto(
    observed: ObservedCluster,
    wayIn: WayIn,
    tokens: ClusterTokens,
  ): Promise<FurtherReadings> {
    const server = await openApiServer(wayIn, await tokens.token());
    try {
      const reader = createApiReader(server, { patience, time: limits });
      const failure = await knock(reader);
      if (failure === null) return await inspectCluster(reader, observed);
      if (isElsewhere(wayIn, failure)) return notInspected(elsewhere);
      throw apiError(`what ${observed.cluster.id} holds`, failure, null);
    } finally {
      server.close();
    }
  }

  return {
    groups: inspectedGroups,
    async read(clusters) {
      const readings = new Map<ObservedCluster, FurtherReadings>();
      const open = clusters.filter((observed) => {
        const untouched = leaveUntouched(observed);
        if (untouched !== null) readings.set(observed, untouched);
        return untouched === null;
      });
      const ways = await readEachCluster(open, ({ cluster }) =>
        readWayIn({ arm, patience, pace }, cluster.id),
      );
      const tokens = createClusterTokens(credentialOf(access), patience);
      await inParallel(mostAtOnce, open, async (observed) => {
        const way = ways.get(observed);
        if (way?.state === "collected") readings.set(observed, await inspect(observed, way.value, tokens));
        else if (way) readings.set(observed, unreadInside(way.gap));
      });
      return (observed) => readings.get(observed) ?? {};
    },
  };

  async function inspect(
    observed: ObservedCluster,
    wayIn: WayIn,
    tokens: ClusterTokens,
  ): Promise<FurtherReadings> {
    try {
      return await lookInto(observed, wayIn, tokens);
    } catch (error) {
      return unreadInside(gapFrom(error, observed.cluster.id));
    }
  }
}

/** What is told of a cluster that is not even asked for its credential, which without managed Entra is an administrator's; null when it is asked. */
function leaveUntouched({ hasEntra, readings: { power } }: ObservedCluster): FurtherReadings | null {
  if (power?.state === "collected" && power.value.isStopped)
    return notInspected(
      "The cluster is stopped, so that nobody can look into it: az aks start brings it back.",
    );
  if (hasEntra.state !== "collected") return unreadInside(hasEntra.gap);
  return hasEntra.value ? null : notInspected(withoutManagedEntra);
}

/** The integration of former times, with applications of the cluster's own, counts as none. */
const withoutManagedEntra =
  "The cluster does not sign users in through managed Microsoft Entra ID, so that the only way in is an administrator's credential, which Midwatch never asks for: az aks update --enable-aad lets identities in under their own names.";

/** Whether anybody is there who lets the monitor in. Who lists no namespaces may still list something else. */
async function knock(reader: ApiReader): Promise<ApiFailure | null> {
  const outcome = await reader.get(apiLists.namespaces.path, { limit: "1" });
  return "body" in outcome || outcome.failure.status === 403 ? null : outcome.failure;
}

/** A private cluster's name is known to the networks that are joined to its own (https://learn.microsoft.com/azure/aks/private-clusters). */
function isElsewhere({ server }: WayIn, { code }: ApiFailure): boolean {
  return code === "ENOTFOUND" && new URL(server).hostname.includes(".privatelink.");
}

const elsewhere =
  "The cluster is private, and the name of its API server is not known in the monitor's network: joining that network to the cluster's private DNS zone, and to its network, lets Midwatch look into it.";
