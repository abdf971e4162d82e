import { describe, expect, it } from "vitest";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { closed, clusterRow, payments, search, smallWorld } from "../../../support/world-small.ts";

const networkOf = (subscription: string, name = "vnet-1") =>
  `/subscriptions/${subscription}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/${name}`;
const tableId = `/subscriptions/${payments}/resourceGroups/rg-network/providers/Microsoft.Network/routeTables/rt-1`;
const subnetId = `${networkOf(payments)}/subnets/snet-1`;

function cluster(name: string, subnets: readonly (string | null)[], properties: RawObject = {}): RawObject {
  return clusterRow(payments, name, {
    networkProfile: { outboundType: "userDefinedRouting" },
    agentPoolProfiles: subnets.map((vnetSubnetID, index) => ({ name: `pool${index}`, vnetSubnetID })),
    ...properties,
  });
}

function network(id: string, ...subnets: readonly RawObject[]): RawObject {
  return {
    id,
    name: "vnet-1",
    type: "microsoft.network/virtualnetworks",
    subscriptionId: id.split("/")[2],
    properties: { subnets },
  };
}

const routed = { id: subnetId.toUpperCase(), properties: { routeTable: { id: tableId.toUpperCase() } } };

function table(...routes: readonly RawObject[]): RawObject {
  return {
    id: tableId,
    name: "rt-1",
    type: "microsoft.network/routetables",
    subscriptionId: payments,
    properties: {
      routes: routes.map((properties, index) => ({ id: `${tableId}/routes/${index}`, properties })),
    },
  };
}

const toFirewall = {
  addressPrefix: "0.0.0.0/0",
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: "10.0.0.4",
};
const toNode = { ...toFirewall, addressPrefix: "10.244.1.0/24" };
const toInternet = { addressPrefix: "20.0.0.0/8", nextHopType: "Internet" };

function worldOf(...rows: readonly RawObject[]): ListedWorld {
  return smallWorld({ rows });
}

const read = (world: ListedWorld, ...faults: Parameters<typeof readFacts>[2] & object) =>
  readFacts("subnetRoutes", world, faults);

describe("routes of the pools' subnets", () => {
  it("are told pool by pool: the one for everything, and those to the Internet", async () => {
    const bare = `${networkOf(payments)}/subnets/snet-2`;
    const world = worldOf(
      cluster("aks-1", [subnetId, bare]),
      network(networkOf(payments), routed, { id: bare, properties: {} }),
      table(toFirewall, toNode, toInternet),
    );
    const { of } = await read(world);
    expect(of("aks-1").subnetRoutes).toEqual({
      state: "collected",
      value: {
        listed: [
          {
            pool: "pool0",
            subnetId,
            routeTableId: tableId.toUpperCase(),
            routes: [
              {
                path: `${tableId}/routes/0`,
                prefix: "0.0.0.0/0",
                nextHop: "VirtualAppliance",
                nextHopAddress: "10.0.0.4",
              },
              {
                path: `${tableId}/routes/2`,
                prefix: "20.0.0.0/8",
                nextHop: "Internet",
                nextHopAddress: null,
              },
            ],
          },
          { pool: "pool1", subnetId: bare, routeTableId: null, routes: [] },
        ],
        unlisted: null,
      },
    });
  });

  it("are asked of nobody where no cluster leaves by routes of its own", async () => {
    const { of, requests } = await read(
      worldOf(cluster("aks-1", [subnetId], { networkProfile: { outboundType: "loadBalancer" } })),
    );
    expect(of("aks-1").subnetRoutes).toEqual({
      state: "collected",
      value: { listed: [], unlisted: null },
    });
    expect(requests).toEqual([]);
  });

  it("are asked for once, whatever the number of clusters", async () => {
    const clusters = Array.from({ length: 5 }, (_, index) => cluster(`aks-${index}`, [subnetId, subnetId]));
    const world = worldOf(...clusters, network(networkOf(payments), routed), table(toFirewall));
    const { requests } = await read(world);
    expect(requests).toHaveLength(2);
  });

  it("of nodes that no pool lists stay open", async () => {
    const world = worldOf(
      cluster("aks-1", [subnetId], { nodeProvisioningProfile: { mode: "Auto" } }),
      network(networkOf(payments), routed),
      table(toFirewall),
    );
    const { of } = await read(world);
    expect(of("aks-1").subnetRoutes).toMatchObject({
      value: { unlisted: "Node auto-provisioning makes nodes that no pool lists." },
    });
  });

  it.each([
    ["the network", [table(toFirewall)], subnetId, "subnet"],
    ["the subnet in it", [network(networkOf(payments)), table(toFirewall)], subnetId, "subnet"],
    ["the route table", [network(networkOf(payments), routed)], tableId.toUpperCase(), "route table"],
  ])("are unread when Resource Graph does not show %s", async (_, rows, scope, what) => {
    const { of } = await read(worldOf(cluster("aks-1", [subnetId]), ...rows));
    expect(of("aks-1").subnetRoutes).toMatchObject({
      state: "unavailable",
      gap: {
        scope,
        reason: "incomplete",
        detail: `Resource Graph does not show the ${what} ${scope}.`,
        remedy: expect.stringContaining("role Reader"),
      },
    });
  });

  it("are unread in a subscription that nobody may read, and read in the other", async () => {
    const hidden = `${networkOf(closed)}/subnets/snet-1`;
    const world = worldOf(
      cluster("aks-1", [hidden]),
      cluster("aks-2", [subnetId]),
      cluster("aks-3", [subnetId, hidden]),
      network(networkOf(closed), { id: hidden, properties: {} }),
      network(networkOf(payments), routed),
      table(toFirewall),
    );
    const { of } = await read(world);
    expect(of("aks-1").subnetRoutes).toMatchObject({ state: "unavailable", gap: { scope: hidden } });
    expect(of("aks-2").subnetRoutes).toMatchObject({ state: "collected" });
    expect(of("aks-3").subnetRoutes).toMatchObject({
      state: "partial",
      value: { listed: [{ pool: "pool0" }] },
      gap: { scope: hidden },
    });
  });

  it("are unread when none of the subscriptions may be read", async () => {
    const hidden = `${networkOf(closed)}/subnets/snet-1`;
    const { of } = await read(worldOf(cluster("aks-1", [hidden])));
    expect(of("aks-1").subnetRoutes).toMatchObject({ state: "unavailable", gap: { reason: "incomplete" } });
  });

  it.each([
    ["a list that is none", { properties: { subnets: "all" } }, "properties.subnets is a string"],
    [
      "a route table without a text for an id",
      { properties: { subnets: [{ id: subnetId, properties: { routeTable: { id: 7 } } }] } },
      "properties.routeTable.id is a number",
    ],
  ])("are unread in a network with %s", async (_, broken, detail) => {
    const world = worldOf(
      cluster("aks-1", [subnetId]),
      { ...network(networkOf(payments)), ...broken },
      table(toFirewall),
    );
    expect((await read(world)).of("aks-1").subnetRoutes).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining(detail) },
    });
  });

  it.each([
    ["no prefix", { nextHopType: "Internet" }, "properties.addressPrefix is absent"],
    ["an odd hop", { addressPrefix: "0.0.0.0/0", nextHopType: 1 }, "properties.nextHopType is a number"],
  ])("are unread in a table of which one route has %s", async (_, broken, detail) => {
    const world = worldOf(
      cluster("aks-1", [subnetId]),
      network(networkOf(payments), routed),
      table(toFirewall, broken),
    );
    expect((await read(world)).of("aks-1").subnetRoutes).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining(detail) },
    });
  });

  it.each([null, "snet-1", networkOf(payments)])(
    "are unread of a pool whose subnet is %s",
    async (broken) => {
      const { of } = await read(worldOf(cluster("aks-1", [broken])));
      expect(of("aks-1").subnetRoutes).toMatchObject({
        state: "unavailable",
        gap: {
          reason: "malformed",
          detail: expect.stringContaining("properties.agentPoolProfiles[0].vnetSubnetID"),
        },
      });
    },
  );

  it.each(["virtualnetworks", "routetables"])("are unread when Azure refuses %s", async (bodyIncludes) => {
    const world = worldOf(
      cluster("aks-1", [subnetId]),
      clusterRow(search, "aks-2"),
      network(networkOf(payments), routed),
      table(toFirewall),
    );
    const { of } = await read(world, { match: { bodyIncludes }, kind: "403" });
    expect(of("aks-1").subnetRoutes).toMatchObject({
      state: "unavailable",
      gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
    expect(of("aks-2").subnetRoutes).toMatchObject({ state: "collected" });
  });
});
