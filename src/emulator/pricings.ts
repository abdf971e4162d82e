import { type ArmCall, type ArmService, requireRead } from "./arm.ts";
import { toArmResource } from "./arm-resource.ts";
import { answerJson, resourceNotFound } from "./errors.ts";
import type { RawObject } from "./estate/world.ts";
import { findCluster } from "./managed-clusters.ts";
import { readText } from "./world-index.ts";

const type = "Microsoft.Security/pricings";
const apiVersions = ["2023-01-01", "2024-01-01"];

/**
 * Microsoft Defender plans in ARM: a subscription's, and a cluster's own, which then wins for that cluster.
 * A subscription's plan that the world does not hold answers 404; nothing is made up for it.
 */
export const pricings: readonly ArmService[] = [
  {
    name: "pricings",
    path: /^\/subscriptions\/(?<subscription>[^/]+)\/providers\/Microsoft\.Security\/pricings\/(?<plan>[^/]+)\/?$/i,
    method: "GET",
    apiVersions,
    answer(call, { subscription = "", plan = "" }) {
      requireRead(call, type, subscription);
      return answerJson(200, toArmResource(findPlan(call, subscription, plan), type));
    },
  },
  {
    name: "pricings",
    path: /^(?<id>\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/(?<cluster>[^/]+))\/providers\/Microsoft\.Security\/pricings\/(?<plan>[^/]+)\/?$/i,
    method: "GET",
    apiVersions,
    answer(call, parameters) {
      const { subscription = "", plan = "" } = parameters;
      const cluster = findCluster(call, parameters, type);
      const id = `${readText(cluster, "id")}/providers/${type}/${plan}`;
      const own = call.index.resource(id);
      const resource = own ?? inherit(findPlan(call, subscription, plan), id, subscription);
      return answerJson(200, toArmResource(resource, type));
    },
  },
];

function findPlan({ index }: ArmCall, subscription: string, plan: string): RawObject {
  const found = index.resource(`/subscriptions/${subscription}/providers/${type}/${plan}`);
  if (!found) throw resourceNotFound(`${type}/${plan}`, "");
  return found;
}

/** A resource without a plan of its own answers its subscription's, saying so in `inherited` and `inheritedFrom`. */
function inherit(plan: RawObject, id: string, subscription: string): RawObject {
  const properties = typeof plan.properties === "object" ? plan.properties : undefined;
  const inheritedFrom = `/subscriptions/${subscription}`;
  return {
    ...plan,
    id,
    properties: { ...properties, inherited: "True", inheritedFrom },
  };
}
