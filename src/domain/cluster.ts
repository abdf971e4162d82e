/** The four names a cluster's resource id is made of. */
export interface ClusterId {
  /** As Azure spells it: `/subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerService/managedClusters/…`. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** A cluster as every finding, card and page names it. Templates have no subscription or group yet: those are null. */
export interface ClusterRef {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  readonly location: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Azure's own id of this incarnation: a cluster made again under the same name has another one. */
  readonly resourceUid: string | null;
}

// A group's name cannot end in a full stop; were `..` let through, the id would name another path.
const clusterIdPattern =
  /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/resourcegroups\/([-\p{L}\p{N}_.()]{0,89}[-\p{L}\p{N}_()])\/providers\/microsoft\.containerservice\/managedclusters\/([a-z0-9](?:[-\w]{0,61}[a-z0-9])?)\/?$/iu;

/** Reads a resource id of a managed cluster; null when the text is anything else. */
export function parseClusterId(text: string): ClusterId | null {
  const [, subscriptionId, resourceGroup, name] = clusterIdPattern.exec(text.trim()) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return null;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    subscriptionId: subscriptionId.toLowerCase(),
    resourceGroup,
    name,
  };
}

/** What makes two mentions the same cluster: the id without regard to case, and the incarnation. */
export function clusterKey(cluster: Pick<ClusterRef, "id" | "resourceUid">): string {
  return `${cluster.id.toLowerCase()}|${cluster.resourceUid ?? ""}`;
}
