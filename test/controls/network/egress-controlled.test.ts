import { expect, test } from "vitest";
import { egressControlled } from "../../../src/controls/network/egress-controlled.ts";
import { assess } from "../../../src/domain/control.ts";
import type { PoolRoutes } from "../../../src/domain/node-facts.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, hardenedFacts, set, snapshot } from "../../support/snapshot.ts";

const [subnet] = hardenedFacts.egress.subnets.listed;
const table = "/subscriptions/s/resourceGroups/rg-network/providers/Microsoft.Network/routeTables/rt-aks";

function route(prefix: string, nextHop: string, nextHopAddress: string | null = null) {
  return { path: `${table}/routes/${nextHop}`, prefix, nextHop, nextHopAddress };
}

const toFirewall = route("0.0.0.0/0", "VirtualAppliance", "10.0.0.4");

function pool(name: string, ...routes: PoolRoutes["routes"]): PoolRoutes {
  return { pool: name, subnetId: subnet?.value ?? "", routeTableId: table, routes };
}

function routed(listed: readonly PoolRoutes[], unlisted: string | null = null) {
  return { egress: { outboundType: set("userDefinedRouting") }, subnetRoutes: { listed, unlisted } };
}

describeControl(egressControlled, {
  pass: {
    "a NAT gateway of one's own": {},
    "a NAT gateway that AKS manages, in another case": {
      egress: { outboundType: set("ManagedNatGateway") },
    },
    "the newer one of these": { egress: { outboundType: set("managedNATGatewayV2") } },
    "all traffic blocked": { egress: { outboundType: set("block") } },
    "no way out made": { egress: { outboundType: set("none") } },
    "a NAT gateway, though there are nodes that no pool lists": {
      subnetRoutes: { listed: [], unlisted: "Node auto-provisioning makes nodes that no pool lists." },
    },
    "routes to a firewall from every pool": routed([pool("system", toFirewall), pool("apps", toFirewall)]),
    "routes to a gateway, and a few addresses past it": routed([
      pool("system", route("0.0.0.0/0", "virtualnetworkgateway"), route("20.0.0.0/8", "Internet")),
    ]),
    "routes that drop everything": routed([pool("system", route("0.0.0.0/0", "None"))]),
  },
  fail: {
    "a load balancer": { egress: { outboundType: set("loadBalancer") } },
    "the default": { egress: { outboundType: absent("loadBalancer") } },
    "one pool whose subnet has no route table": routed([
      pool("system", toFirewall),
      { ...pool("apps"), routeTableId: null },
    ]),
    "one pool without a route for everything": routed([
      pool("system", toFirewall),
      pool("apps", route("10.0.0.0/8", "Internet")),
    ]),
    "a route for everything to the Internet": routed([pool("system", route("0.0.0.0/0", "internet"))]),
    "two halves to the Internet past the firewall": routed([
      pool("system", toFirewall, route("0.0.0.0/1", "Internet"), route("128.0.0.0/1", "Internet")),
    ]),
    "an open pool beside one with an odd hop": routed([
      pool("system", route("0.0.0.0/0", "Wormhole")),
      pool("apps"),
    ]),
  },
  unknown: {
    "an outbound type that Azure may add": { egress: { outboundType: set("starGate") } },
    "a kind of hop that Azure may add": routed([
      pool("system", toFirewall),
      pool("apps", route("0.0.0.0/0", "Wormhole")),
    ]),
    "routes, and nodes that no pool lists": routed(
      [pool("system", toFirewall)],
      "Node auto-provisioning makes nodes that no pool lists.",
    ),
    "routes, and no pool at all": routed([]),
  },
});

test("the evidence names the pool and the way it takes", () => {
  const facts = routed([pool("system", toFirewall), pool("apps")]);
  expect(assess(egressControlled, snapshot(facts)).evidence).toEqual([
    {
      path: table,
      observed: "no route for 0.0.0.0/0",
      expected: "0.0.0.0/0 to a firewall or gateway",
      pool: "apps",
    },
  ]);
});

test("values that are not known are quoted", () => {
  const odd = snapshot({ egress: { outboundType: set("starGate") } });
  expect(assess(egressControlled, odd).reason).toContain('"starGate"');
});
