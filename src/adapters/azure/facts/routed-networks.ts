import { gapFrom, type SourceError } from "../../../application/source-error.ts";
import type { Gap } from "../../../domain/gap.ts";
import type { PoolRoutes } from "../../../domain/node-facts.ts";
import { type Reading, unavailable } from "../../../domain/reading.ts";
import { at, type Place, readingOf, readList, readRequiredText, readText } from "../../row.ts";
import { readGraphRows } from "../graph-rows.ts";
import { routeTablesQuery, virtualNetworksQuery } from "../queries.ts";
import { grantRole } from "../remedies.ts";
import type { ResourceGraph } from "../resource-graph.ts";

type Routes = PoolRoutes["routes"];

const subnetPattern =
  /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.network\/virtualnetworks\/[^/]+)\/subnets\/[^/]+$/;

/** Networks named in one query: their ids make up most of its text. */
const mostNetworksAtOnce = 100;

/** The id of a subnet's route table, or null when it has none. */
export type RouteTableOf = (subnetId: string) => Reading<string | null>;

export type RoutesOf = (routeTableId: string) => Reading<Routes>;

/** The id of the virtual network a subnet is in, lower case; null for what is no subnet's id. */
export function networkOf(subnetId: string): string | null {
  return subnetPattern.exec(subnetId.toLowerCase())?.[1] ?? null;
}

/** Which route table each subnet of these virtual networks has. The ids are in lower case. */
export async function readSubnets(
  graph: ResourceGraph,
  networkIds: ReadonlySet<string>,
): Promise<RouteTableOf> {
  const found = new Map<string, Reading<string | null>>();
  const failures = new Map<string, SourceError>();
  const all = [...networkIds];
  for (let start = 0; start < all.length; start += mostNetworksAtOnce) {
    const some = all.slice(start, start + mostNetworksAtOnce);
    const failureOf = await readGraphRows(
      graph,
      { query: virtualNetworksQuery(...some), what: "the virtual networks", role: "Reader" },
      some.map(subscriptionOf),
      (row) => takeNetwork(row, found),
    );
    for (const id of some) {
      const failure = failureOf(subscriptionOf(id));
      if (failure) failures.set(id, failure);
    }
  }
  return (subnetId) => {
    const networkId = networkOf(subnetId) ?? "";
    const reading = found.get(subnetId.toLowerCase()) ?? found.get(networkId);
    if (reading) return reading;
    const failure = failures.get(networkId);
    return unavailable(failure ? gapFrom(failure, subnetId) : unseen("subnet", subnetId));
  };
}

/** The routes of the route tables in these networks' subscriptions: a subnet's stands in the same one (https://learn.microsoft.com/azure/virtual-network/manage-route-table). */
export async function readRouteTables(
  graph: ResourceGraph,
  networkIds: ReadonlySet<string>,
): Promise<RoutesOf> {
  const found = new Map<string, Reading<Routes>>();
  const failureOf = await readGraphRows(
    graph,
    { query: routeTablesQuery, what: "the route tables", role: "Reader" },
    [...networkIds].map(subscriptionOf),
    (row) => {
      const root: Place = { path: "", value: row };
      const id = readingOf("", () => readRequiredText(at(root, "id")));
      // A table without an id is nobody's: whoever needs it finds it missing.
      if (id.state === "collected") found.set(id.value.toLowerCase(), mapRoutes(id.value, root));
    },
  );
  return (routeTableId) => {
    const reading = found.get(routeTableId.toLowerCase());
    if (reading) return reading;
    const failure = failureOf(subscriptionOf(routeTableId));
    return unavailable(failure ? gapFrom(failure, routeTableId) : unseen("route table", routeTableId));
  };
}

/** Subnets by id; where the list itself is broken, the network stands for all of them. */
function takeNetwork(row: unknown, found: Map<string, Reading<string | null>>): void {
  const root: Place = { path: "", value: row };
  const id = readingOf("", () => readRequiredText(at(root, "id")));
  if (id.state !== "collected") return;
  const subnets = readingOf(id.value, () =>
    (readList({ ...at(root, "subnets"), path: "properties.subnets" }) ?? []).map((subnet) => ({
      subnet,
      subnetId: readRequiredText(at(subnet, "id")),
    })),
  );
  if (subnets.state === "unavailable") {
    found.set(id.value.toLowerCase(), unavailable(subnets.gap));
    return;
  }
  for (const { subnet, subnetId } of subnets.value)
    found.set(
      subnetId.toLowerCase(),
      readingOf(subnetId, () => readText(at(subnet, "properties.routeTable.id"))),
    );
}

/** Of a table's routes those that matter for the way out: the one for all of IPv4, and those to the Internet. */
function mapRoutes(tableId: string, root: Place): Reading<Routes> {
  return readingOf(tableId, () =>
    (readList({ ...at(root, "routes"), path: "properties.routes" }) ?? [])
      .map((route) => ({
        path: readText(at(route, "id")) ?? `${tableId}/routes/${readText(at(route, "name")) ?? ""}`,
        prefix: readRequiredText(at(route, "properties.addressPrefix")),
        nextHop: readRequiredText(at(route, "properties.nextHopType")),
        nextHopAddress: readText(at(route, "properties.nextHopIpAddress")),
      }))
      .filter(({ prefix, nextHop }) => prefix === "0.0.0.0/0" || nextHop.toLowerCase() === "internet"),
  );
}

/** It may be gone, or the monitor may not see it: Resource Graph does not tell these apart. */
function unseen(what: "subnet" | "route table", id: string): Gap {
  return {
    scope: id,
    reason: "incomplete",
    detail: `Resource Graph does not show the ${what} ${id}.`,
    remedy: grantRole("Reader", networkOf(id) ?? id),
  };
}

function subscriptionOf(id: string): string {
  return id.split("/")[2] ?? "";
}
