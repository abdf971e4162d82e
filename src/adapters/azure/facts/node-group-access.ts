import { unnamedGroup } from "../../../application/collect-machines.ts";
import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { Facts } from "../../../domain/facts.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import { type Access, type AccessReader, mayHave, readingWith } from "../access/access.ts";

/** Roles over machines, assigned at the node resource group or at something in it. */
export function createNodeGroupAccess(reader: AccessReader): FactSource {
  return {
    groups: ["nodeGroupAccess"],
    tenant: reader.tenant,
    async read(clusters, elsewhere) {
      const access = await reader.read(clusters, elsewhere);
      return (one) => ({ nodeGroupAccess: readOne(one, access) });
    },
  };
}

function readOne(one: ObservedCluster, access: Access): Reading<Facts["nodeGroupAccess"]> {
  const groupId = nodeGroupIdOf(one);
  if (groupId === null) return unavailable(unnamedGroup(one));
  const grants = access.grants.inGroup(groupId).filter((grant) => mayHave(grant, "machines"));
  return readingWith({ groupId, grants }, access.gapAround(one));
}

/** The node resource group's id; null when the cluster does not name it. */
export function nodeGroupIdOf({ cluster, nodeResourceGroup }: ObservedCluster): string | null {
  if (nodeResourceGroup === null || cluster.subscriptionId === null) return null;
  return `/subscriptions/${cluster.subscriptionId}/resourceGroups/${nodeResourceGroup}`;
}
