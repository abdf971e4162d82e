import {
  privateApiServer,
  publicApiServer,
  sensorAbsent,
  sensorOff,
  sensorOn,
} from "../cluster-properties.ts";
import { clusterIdOf } from "../cluster-rows.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import { guidOf } from "../ids.ts";
import { officeRange, vpnRange } from "../ranges.ts";
import { tenantId } from "../tenant.ts";
import type { EstateSubscription, RawObject } from "../world.ts";
import { clusterAges } from "./cluster-ages.ts";
import type { ClusterPlan } from "./cluster-plan.ts";
import { type GeneratedPools, generatePools } from "./generated-pools.ts";
import type { LaidOutSubscription } from "./subscription-layout.ts";
import { purposes, regions } from "./vocabulary.ts";

/** A generated cluster as the row builders take it. */
export function generatedClusterSpec(
  plan: ClusterPlan,
  home: LaidOutSubscription,
  subscription: EstateSubscription,
  pools: GeneratedPools,
): ClusterSpec {
  const { dice, number } = plan;
  const age = dice.pick("age", clusterAges);
  const { location, code } = dice.pick("region", regions);
  const name = `aks-${home.team}-${dice.pick("purpose", purposes)}-${code}-${String(number).padStart(5, "0")}`;
  const place = { subscription, name, resourceGroup: `rg-${home.team}-${code}` };
  return {
    ...place,
    location,
    tags: tagsOf(plan, home),
    kubernetes: dice.pick("kubernetes", age.versions),
    ...generatePools(plan, age, pools),
    properties: { ...age.properties, ...postureOf(plan), ...malformedOf(plan) },
    without: age.without,
    columns: { ...age.columns, ...(age.isSystemAssigned && identityOf(clusterIdOf(place))) },
  };
}

function tagsOf({ dice }: ClusterPlan, { team, environment }: LaidOutSubscription): Record<string, string> {
  return {
    env: environment,
    owner: `${team}-platform`,
    "cost-center": String(dice.whole("cost center", 1000, 9999)),
    ...(dice.happens("names its repository", 0.4) && { repository: `contoso/${team}-infra` }),
    ...(dice.happens("is critical", 0.2) && { "business-criticality": "high" }),
  };
}

function postureOf({ dice, faults }: ClusterPlan): RawObject {
  const closed = dice.happens("is private", 0.55)
    ? privateApiServer
    : publicApiServer(...dice.pick("ranges", [[officeRange], [officeRange, vpnRange]]));
  const open = dice.pick("open", [
    publicApiServer(),
    publicApiServer("0.0.0.0/0"),
    publicApiServer(officeRange, "::/0"),
  ]);
  return {
    apiServerAccessProfile: faults.has("openApiServer") ? open : closed,
    disableLocalAccounts: !faults.has("localAccounts"),
    securityProfile: faults.has("sensorOff") ? dice.pick("sensor", [sensorOff, sensorAbsent]) : sensorOn,
  };
}

/** Values of wrong types, each in the way of a control. */
function malformedOf({ dice, troubles }: ClusterPlan): RawObject {
  if (!troubles.has("malformed")) return {};
  return dice.pick<RawObject>("malformed", [
    { agentPoolProfiles: "nodepool1" },
    { disableLocalAccounts: "true" },
    { apiServerAccessProfile: { enablePrivateCluster: "no", authorizedIPRanges: officeRange } },
    { securityProfile: { defender: { securityMonitoring: { enabled: "True" } } } },
  ]);
}

function identityOf(clusterId: string): RawObject {
  return {
    identity: { type: "SystemAssigned", principalId: guidOf(`${clusterId} principal`), tenantId },
  };
}
