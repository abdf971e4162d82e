import type { RoleGrant } from "../../../domain/access.ts";

/** Assignments laid out for look-ups; scopes and ids match whatever their case. */
export interface GrantIndex {
  readonly all: readonly RoleGrant[];
  at(scope: string): readonly RoleGrant[];
  /** At a resource group and below it. */
  inGroup(groupId: string): readonly RoleGrant[];
  /** Below a cluster, as at one of its namespaces. */
  belowCluster(clusterId: string): readonly RoleGrant[];
  of(principalId: string): readonly RoleGrant[];
}

const groupPattern = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/;
const clusterPattern =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.containerservice\/managedclusters\/[^/]+(?=\/.)/;

/** Each assignment counts once, however often it was read. */
export function createGrantIndex(grants: Iterable<RoleGrant>): GrantIndex {
  const byScope = new Map<string, RoleGrant[]>();
  const byGroup = new Map<string, RoleGrant[]>();
  const byCluster = new Map<string, RoleGrant[]>();
  const byPrincipal = new Map<string, RoleGrant[]>();
  const all: RoleGrant[] = [];
  const seen = new Set<string>();
  for (const grant of grants) {
    const key = grant.path.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    all.push(grant);
    const scope = normal(grant.scope);
    append(byScope, scope, grant);
    append(byGroup, groupPattern.exec(scope)?.[0], grant);
    append(byCluster, clusterPattern.exec(scope)?.[0], grant);
    append(byPrincipal, grant.principalId.toLowerCase(), grant);
  }
  return {
    all,
    at: (scope) => byScope.get(normal(scope)) ?? [],
    inGroup: (groupId) => byGroup.get(normal(groupId)) ?? [],
    belowCluster: (clusterId) => byCluster.get(normal(clusterId)) ?? [],
    of: (principalId) => byPrincipal.get(principalId.toLowerCase()) ?? [],
  };
}

/** Lower case, without a slash at the end; `/` stays what it is. */
function normal(scope: string): string {
  return scope.toLowerCase().replace(/(?<=.)\/+$/, "");
}

function append(lists: Map<string, RoleGrant[]>, key: string | undefined, grant: RoleGrant): void {
  if (key === undefined) return;
  const list = lists.get(key);
  if (list) list.push(grant);
  else lists.set(key, [grant]);
}
