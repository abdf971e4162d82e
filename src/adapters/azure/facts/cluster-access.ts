import type { FactSource, ObservedCluster } from "../../../application/ports.ts";
import type { RoleGrant } from "../../../domain/access.ts";
import { type Access, mayHave, type ReadAccess, readingWith } from "../access/access.ts";

/** Roles that reach into a cluster: assigned at it, above it, below it (a namespace), or at a Fleet it is a member of. */
export function createClusterAccess(readAccess: ReadAccess): FactSource {
  return {
    groups: ["clusterAccess"],
    async read(clusters) {
      const access = await readAccess(clusters);
      return (one) => ({
        clusterAccess: readingWith(
          { grants: grantsOver(one, access) },
          access.gapAround(one) ?? access.fleets.gapOf(one.cluster.id),
        ),
      });
    },
  };
}

function grantsOver({ cluster }: ObservedCluster, { grants, fleets, above }: Access): readonly RoleGrant[] {
  const { id, subscriptionId, resourceGroup } = cluster;
  const subscription = `/subscriptions/${subscriptionId ?? ""}`;
  const places = [
    "/",
    ...[...(above(subscriptionId ?? "") ?? [])].reverse(),
    subscription,
    `${subscription}/resourceGroups/${resourceGroup ?? ""}`,
    id,
    ...fleets.fleetsOf(id),
  ];
  return [...places.flatMap((place) => grants.at(place)), ...grants.belowCluster(id)].filter((grant) =>
    mayHave(grant, "clusterAdmin", "clusterWrite", "clusterData"),
  );
}
