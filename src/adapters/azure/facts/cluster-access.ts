import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { RoleGrant } from "../../../domain/access.ts";
import { type Access, type AccessReader, mayHave, readingWith } from "../access/access.ts";

/** Roles that reach into a cluster: assigned at it, above it, below it (a namespace), or at a Fleet it is a member of. */
export function createClusterAccess(reader: AccessReader): FactSource {
  return {
    groups: ["clusterAccess"],
    tenant: reader.tenant,
    async read(clusters, elsewhere) {
      const access = await reader.read(clusters, elsewhere);
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
