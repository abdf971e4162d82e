import type { ObservedCluster } from "../../../application/ports.ts";
import { gapFrom } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import { readGraphRows } from "../graph-rows.ts";
import { machineIdentitiesQuery } from "../queries.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import { at, malformedGap, type Place, readObject, readRequiredText, readText } from "../row.ts";

/** A scale set or virtual machine with the identities it carries. */
export interface MachineIdentity {
  /** Its resource id. */
  readonly path: string;
  readonly isScaleSet: boolean;
  /** The pool it belongs to by its tag, or null. */
  readonly pool: string | null;
  /** Object ids, system-assigned and user-assigned. */
  readonly principalIds: readonly string[];
  /** Why its identities cannot be told, or null. */
  readonly gap: Gap | null;
}

export interface MachineIdentities {
  inGroup(subscriptionId: string, resourceGroup: string): readonly MachineIdentity[];
  /** Why machines of a cluster may be missing, or null. */
  gapOf(one: ObservedCluster): Gap | null;
}

/** Reads the machines of the clusters' subscriptions and keeps those of node groups. */
export async function readMachineIdentities(
  graph: ResourceGraph,
  clusters: readonly ObservedCluster[],
): Promise<MachineIdentities> {
  const groups = new Map<string, MachineIdentity[]>();
  for (const { cluster, nodeResourceGroup } of clusters)
    if (nodeResourceGroup !== null) groups.set(keyOf(cluster.subscriptionId ?? "", nodeResourceGroup), []);
  let stray: Gap | null = null;
  const failureOf = await readGraphRows(
    graph,
    { query: machineIdentitiesQuery, what: "the identities of machines", role: "Reader" },
    clusters.flatMap(({ cluster }) => cluster.subscriptionId ?? []),
    (row) => {
      const root: Place = { path: "", value: row };
      try {
        const key = keyOf(
          readRequiredText(at(root, "subscriptionId")),
          readRequiredText(at(root, "resourceGroup")),
        );
        groups.get(key)?.push(mapMachine(root));
      } catch (error) {
        stray ??= malformedGap("/", error);
      }
    },
  );
  return {
    inGroup: (subscriptionId, resourceGroup) => groups.get(keyOf(subscriptionId, resourceGroup)) ?? [],
    gapOf({ cluster }) {
      const failure = failureOf(cluster.subscriptionId ?? "");
      return failure ? gapFrom(failure, cluster.id) : stray;
    },
  };
}

function mapMachine(root: Place): MachineIdentity {
  const path = readRequiredText(at(root, "id"));
  const machine = {
    path,
    isScaleSet:
      readRequiredText(at(root, "type")).toLowerCase() === "microsoft.compute/virtualmachinescalesets",
    pool: readText({ ...at(root, "pool"), path: "tags['aks-managed-poolName']" }),
  };
  try {
    return { ...machine, principalIds: mapPrincipals(at(root, "identity")), gap: null };
  } catch (error) {
    return { ...machine, principalIds: [], gap: malformedGap(path, error) };
  }
}

/** A machine without identity has no such block, and one that has an identity names it. */
function mapPrincipals(identity: Place): readonly string[] {
  const own = readText(at(identity, "principalId"));
  const assigned = at(identity, "userAssignedIdentities");
  const names = Object.entries(readObject(assigned) ?? {}).map(([id, value]) => {
    const principal = {
      path: `${assigned.path}['${id}'].principalId`,
      value: at({ path: id, value }, "principalId").value,
    };
    return readRequiredText(principal);
  });
  return [...(own === null ? [] : [own]), ...names].map((id) => id.toLowerCase());
}

function keyOf(subscriptionId: string, resourceGroup: string): string {
  return `${subscriptionId}/${resourceGroup}`.toLowerCase();
}
