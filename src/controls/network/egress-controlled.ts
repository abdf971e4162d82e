import { defineControl } from "../../domain/control.ts";
import type { PoolRoutes } from "../../domain/node-facts.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { coversFamily, parseAddressRange } from "../address-ranges.ts";
import { passIfAllListed } from "../listed-pools.ts";

/** Ways out that have addresses of their own and nothing else, or that do not exist. */
const ownWays: readonly string[] = [
  "managednatgateway",
  "userassignednatgateway",
  "managednatgatewayv2",
  "block",
  "none",
];

/** What a route for everything may lead to; `None` drops what it takes. */
const watchedHops: readonly string[] = ["virtualappliance", "virtualnetworkgateway", "none"];

export const egressControlled = defineControl({
  id: "network.egress-controlled",
  title: "Traffic leaves the cluster by a gateway or firewall",
  severity: "medium",
  layer: "network",
  rationale:
    "Through a load balancer every pod reaches the whole Internet, by addresses that others cannot tell from any other cluster's: what breaks into a pod carries data out and fetches its tools unseen.",
  remediation: {
    summary:
      "Put a NAT gateway on the nodes' subnet and move the cluster to it, here in a network of your own (a network that AKS manages takes managedNATGateway), or send 0.0.0.0/0 to a firewall by a route table and take userDefinedRouting. The addresses the cluster is seen by change and open connections break; a NAT gateway filters nothing. A way out that the network learns by BGP is in no route table and not seen here.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --outbound-type userAssignedNATGateway",
      "az network route-table route create --subscription {subscription} --resource-group '<network-resource-group>' --route-table-name '<route-table>' --name to-firewall --address-prefix 0.0.0.0/0 --next-hop-type VirtualAppliance --next-hop-ip-address '<firewall-address>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/egress-outboundtype",
    guides: ["B"],
  },
  needs: ["egress", "subnetRoutes"],
  evaluate({ egress: { outboundType }, subnetRoutes }) {
    const type = outboundType.value.toLowerCase();
    const evidence = seen(outboundType, "a NAT gateway, or routes to a firewall");
    if (ownWays.includes(type)) return pass(evidence);
    if (type === "loadbalancer") return fail(evidence);
    if (type !== "userdefinedrouting")
      return unknown(
        `The cluster has an outbound type this version does not know: "${outboundType.value}".`,
        evidence,
      );

    const ways = subnetRoutes.listed.map(wayOut);
    const evidenceOf = (fate: WayOut["fate"]): readonly Evidence[] =>
      ways.flatMap((way) => (way.fate === fate ? [way.evidence] : []));
    const open = evidenceOf("open");
    if (isSome(open)) return fail(...open);
    const odd = evidenceOf("odd");
    if (isSome(odd))
      return unknown(
        `A route leads to a kind of hop this version does not know: "${odd[0].observed}".`,
        ...odd,
      );
    return passIfAllListed(subnetRoutes, evidence, ...evidenceOf("watched"));
  },
});

interface WayOut {
  readonly fate: "watched" | "open" | "odd";
  readonly evidence: Evidence;
}

/** Without a route for everything, Azure's own leads to the Internet; several narrower ones may lead there past it. */
function wayOut({ pool, subnetId, routeTableId, routes }: PoolRoutes): WayOut {
  const way = (fate: WayOut["fate"], path: string, observed: string): WayOut => ({
    fate,
    evidence: { path, observed, expected: "0.0.0.0/0 to a firewall or gateway", pool },
  });
  if (routeTableId === null) return way("open", subnetId, "no route table");
  const whole = routes.find(({ prefix }) => prefix === "0.0.0.0/0");
  if (whole === undefined) return way("open", routeTableId, "no route for 0.0.0.0/0");
  if (whole.nextHop.toLowerCase() === "internet") return way("open", whole.path, whole.nextHop);

  const past = routes.filter(({ nextHop }) => nextHop.toLowerCase() === "internet");
  const ranges = past.flatMap(({ prefix }) => parseAddressRange(prefix) ?? []);
  if (coversFamily(ranges, "IPv4"))
    return way("open", routeTableId, `${past.map(({ prefix }) => prefix).join(", ")} to Internet`);
  if (!watchedHops.includes(whole.nextHop.toLowerCase())) return way("odd", whole.path, whole.nextHop);
  return way("watched", whole.path, `${whole.nextHop} ${whole.nextHopAddress ?? ""}`.trim());
}
