import { type ArmCall, type ArmService, requireRead } from "./arm.ts";
import { eTagOf, toArmResource } from "./arm-resource.ts";
import { answerJson, resourceNotFound } from "./errors.ts";
import { latestNodeImage } from "./estate/node-images.ts";
import type { RawObject } from "./estate/world.ts";
import type { EmulatedResponse } from "./service.ts";
import { readText } from "./world-index.ts";

const type = "Microsoft.ContainerService/managedClusters";
const poolType = `${type}/agentPools`;

/** Some of the many versions AKS still serves; the newest is 2026-06-01 and the SDK in use asks for 2026-04-01. */
export const apiVersions = [
  "2023-07-01",
  "2024-09-01",
  "2025-02-01",
  "2025-10-01",
  "2026-04-01",
  "2026-05-01",
  "2026-06-01",
];

/** Clusters on one answer of a list; more follow by `nextLink`. */
const clustersPerPage = 100;

const inSubscription = "^/subscriptions/(?<subscription>[^/]+)";
const provider = "/providers/Microsoft\\.ContainerService/managedClusters";
const cluster = `${inSubscription}/resourceGroups/(?<group>[^/]+)${provider}/(?<cluster>[^/]+)`;

/** AKS in ARM: clusters (one, by subscription, by resource group) and their agent pools. Rows differ from these as ARM and Resource Graph do. */
export const managedClusters: readonly ArmService[] = [
  service(`${inSubscription}${provider}`, list),
  service(`${inSubscription}/resourceGroups/(?<group>[^/]+)${provider}`, list),
  service(cluster, (call, parameters) => answerJson(200, toCluster(findCluster(call, parameters, type)))),
  service(`${cluster}/agentPools`, (call, parameters) =>
    answerJson(200, {
      value: poolsOf(findCluster(call, parameters, poolType)),
    }),
  ),
  service(`${cluster}/agentPools/(?<pool>[^/]+)`, (call, parameters) =>
    answerJson(200, findPool(call, parameters)),
  ),
  service(`${cluster}/agentPools/(?<pool>[^/]+)/upgradeProfiles/default`, getUpgradeProfile),
];

function service(path: string, answer: ArmService["answer"]): ArmService {
  return {
    name: "managedClusters",
    path: new RegExp(`${path}/?$`, "i"),
    method: "GET",
    apiVersions,
    answer,
  };
}

type Parameters = Readonly<Record<string, string>>;

function list(call: ArmCall, { subscription = "", group }: Parameters): EmulatedResponse {
  requireRead(call, type, subscription, group);
  const all = call.index
    .resourcesOfType(subscription, type)
    .filter((row) => group === undefined || groupOf(row) === group.toLowerCase());
  const from = Number(call.url.searchParams.get("$skiptoken") ?? 0);
  const next = new URL(call.url);
  next.searchParams.set("$skiptoken", String(from + clustersPerPage));
  return answerJson(200, {
    value: all.slice(from, from + clustersPerPage).map(toCluster),
    ...(all.length > from + clustersPerPage && { nextLink: next.href }),
  });
}

function findPool(call: ArmCall, parameters: Parameters): RawObject {
  const { cluster: name = "", group = "", pool: wanted = "" } = parameters;
  const pools = poolsOf(findCluster(call, parameters, poolType));
  const pool = pools.find((one) => readText(one, "name").toLowerCase() === wanted.toLowerCase());
  if (!pool) throw resourceNotFound(`${type}/${name}/agentPools/${wanted}`, group);
  return pool;
}

/** What a pool could be upgraded to: here its image alone. */
function getUpgradeProfile(call: ArmCall, parameters: Parameters): EmulatedResponse {
  const pool = findPool(call, parameters);
  const properties = isObject(pool.properties) ? pool.properties : {};
  const latest = latestNodeImage(readText(properties, "nodeImageVersion"));
  return answerJson(200, {
    id: `${readText(pool, "id")}/upgradeProfiles/default`,
    name: "default",
    type: `${poolType}/upgradeProfiles`,
    properties: {
      kubernetesVersion: properties.currentOrchestratorVersion,
      osType: properties.osType,
      ...(latest !== null && { latestNodeImageVersion: latest }),
      upgrades: [],
    },
  });
}

/** The cluster's row, or ARM's refusal to read `reading` of it. */
export function findCluster(call: ArmCall, parameters: Parameters, reading: string): RawObject {
  const { subscription = "", group = "", cluster: name = "" } = parameters;
  requireRead(call, reading, subscription, group);
  const found = call.index.resource(
    `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`,
  );
  if (!found) throw resourceNotFound(`${type}/${name}`, group);
  return found;
}

const groupOf = (row: RawObject): string | undefined => readText(row, "id").toLowerCase().split("/")[4];

function toCluster(row: RawObject): RawObject {
  return { eTag: eTagOf(row), ...toArmResource(row, type) };
}

/** Agent pools as resources of their own: what the profile holds, without the name, under `properties`. */
function poolsOf(row: RawObject): readonly RawObject[] {
  const { properties } = row;
  const profiles = isObject(properties) ? properties.agentPoolProfiles : undefined;
  if (!Array.isArray(profiles)) return [];
  return profiles.filter(isObject).map(({ name, ...profile }) => ({
    id: `${readText(row, "id")}/agentPools/${String(name)}`,
    name,
    type: poolType,
    properties: { eTag: eTagOf(profile), ...profile },
  }));
}

function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
