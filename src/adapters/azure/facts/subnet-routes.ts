import { both } from "../../../application/both.ts";
import type { FactSource } from "../../../application/fact-source.ts";
import type { ObservedCluster } from "../../../application/ports.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { PoolRoutes } from "../../../domain/node-facts.ts";
import { collected, type Reading } from "../../../domain/reading.ts";
import { MalformedPropertyError, readingOf } from "../../row.ts";
import { gather } from "../agent-pools.ts";
import type { ResourceGraph } from "../resource-graph.ts";
import {
  networkOf,
  type RoutesOf,
  type RouteTableOf,
  readRouteTables,
  readSubnets,
} from "./routed-networks.ts";

type Subnet = Facts["egress"]["subnets"]["listed"][number];

/**
 * The routes out of the pools' subnets, of those clusters alone whose outbound type leaves the way out to them. Where
 * there is none of these, nothing is asked.
 */
export function createSubnetRoutes(graph: ResourceGraph): FactSource {
  return {
    groups: ["subnetRoutes"],
    async read(clusters) {
      const networkIds = new Set(
        clusters.flatMap((one) => subnetsOf(one).flatMap(({ value }) => networkOf(value ?? "") ?? [])),
      );
      const [tableOf, routesOf] = await both(
        readSubnets(graph, networkIds),
        readRouteTables(graph, networkIds),
      );
      return (one) => ({ subnetRoutes: readingFor(one, tableOf, routesOf) });
    },
  };
}

function subnetsOf({ readings: { egress } }: ObservedCluster): readonly Subnet[] {
  if (egress === undefined || egress.state === "unavailable") return [];
  const { outboundType, subnets } = egress.value;
  return outboundType.value.toLowerCase() === "userdefinedrouting" ? subnets.listed : [];
}

/** Why nodes may stand in subnets that no pool names, or null. */
function unlistedOf({ readings: { egress }, unlistedNodes }: ObservedCluster): string | null {
  if (unlistedNodes !== null) return unlistedNodes;
  return egress === undefined || egress.state === "unavailable" ? null : egress.value.subnets.unlisted;
}

function readingFor(
  one: ObservedCluster,
  tableOf: RouteTableOf,
  routesOf: RoutesOf,
): Reading<Facts["subnetRoutes"]> {
  const pools = gather(subnetsOf(one).map((subnet) => poolRoutes(one, subnet, tableOf, routesOf)));
  return pools.state === "unavailable"
    ? pools
    : { ...pools, value: { listed: pools.value, unlisted: unlistedOf(one) } };
}

function poolRoutes(
  { cluster }: ObservedCluster,
  { pool, path, value: subnetId }: Subnet,
  tableOf: RouteTableOf,
  routesOf: RoutesOf,
): Reading<PoolRoutes> {
  if (subnetId === null || networkOf(subnetId) === null)
    return readingOf(cluster.id, () => {
      throw new MalformedPropertyError(path, subnetId, "the resource id of a subnet");
    });
  const table = tableOf(subnetId);
  if (table.state === "unavailable") return table;
  if (table.value === null) return collected({ pool, subnetId, routeTableId: null, routes: [] });
  const routes = routesOf(table.value);
  if (routes.state === "unavailable") return routes;
  return collected({ pool, subnetId, routeTableId: table.value, routes: routes.value });
}
