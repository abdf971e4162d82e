import type { FactGroup } from "../domain/facts.ts";
import type { Gap } from "../domain/gap.ts";
import { collected, partial, unavailable } from "../domain/reading.ts";
import { drainPages } from "./drain-pages.ts";
import type { MachinesOf } from "./fact-source.ts";
import type { FleetSource, NodeMachine, ObservedCluster } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

/** Reads the machines of whole subscriptions and keeps those of the clusters' node groups; answers each cluster's. */
export async function collectMachines(
  fleet: FleetSource,
  subscriptionIds: readonly string[],
  clusters: readonly ObservedCluster[],
  factGroups?: ReadonlySet<FactGroup>,
): Promise<MachinesOf> {
  // By subscription and resource group, both in lower case.
  const groups = new Map<string, Map<string, NodeMachine[]>>();
  for (const { cluster, nodeResourceGroup } of clusters) {
    if (cluster.subscriptionId === null || nodeResourceGroup === null) continue;
    const ofSubscription = groups.get(cluster.subscriptionId) ?? new Map<string, NodeMachine[]>();
    groups.set(cluster.subscriptionId, ofSubscription.set(nodeResourceGroup, []));
  }
  const { gaps, failure } = await drainPages(fleet.machines(subscriptionIds, factGroups), (machine) =>
    groups.get(machine.subscriptionId)?.get(machine.resourceGroup)?.push(machine),
  );

  return (observed) => {
    const { subscriptionId } = observed.cluster;
    const { nodeResourceGroup } = observed;
    if (subscriptionId === null || nodeResourceGroup === null) return unavailable(unnamedGroup(observed));
    const found = groups.get(subscriptionId)?.get(nodeResourceGroup) ?? [];
    const scope = `/subscriptions/${subscriptionId}`;
    if (failure !== null) return partial(found, gapFrom(failure, scope));
    const unread = gaps.find((gap) => mayBelongTo(`${scope}/resourcegroups/${nodeResourceGroup}`, gap));
    return unread ? partial(found, unread) : collected(found);
  };
}

/** A row that cannot be placed, or whose id is none, might belong to any group. */
function mayBelongTo(group: string, { scope }: Gap): boolean {
  const place = scope.toLowerCase();
  return !/^\/subscriptions\/[^/]+\/resourcegroups\/./.test(place) || `${place}/`.startsWith(`${group}/`);
}

/** A row that does not name its node resource group leaves the machines unfindable. */
export function unnamedGroup({ cluster }: ObservedCluster): Gap {
  return {
    scope: cluster.id,
    reason: "malformed",
    detail: "properties.nodeResourceGroup is not named, so the cluster's machines cannot be found.",
    remedy: null,
  };
}
