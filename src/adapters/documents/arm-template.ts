import { isObject, type JsonObject } from "../json-object.ts";
import { propertyOf, textOf } from "./property-of.ts";

/** A cluster that a template would deploy. */
export interface TemplateCluster {
  /** Where it stands in the template, as a JSON pointer such as `/resources/0`. */
  readonly pointer: string;
  readonly name: string;
  /** The resource with its pools; not yet in wire shape, expressions still in it. */
  readonly row: JsonObject;
}

interface Resource {
  readonly pointer: string;
  /** With the types of the resources it is nested in. */
  readonly type: string;
  /** With the names of the resources it is nested in. */
  readonly name: string;
  readonly body: JsonObject;
}

const clusterType = "microsoft.containerservice/managedclusters";
const poolType = `${clusterType}/agentpools`;

export function isTemplate(value: JsonObject): boolean {
  const resources = propertyOf(value, "resources");
  if (!Array.isArray(resources) && !isObject(resources)) return false;
  const schema = textOf(value, "$schema") ?? "";
  return /deploymentTemplate\.json/i.test(schema) || propertyOf(value, "contentVersion") !== undefined;
}

/** The clusters a template deploys, each with the pools that stand beside it as resources of their own. */
export function clustersOfTemplate(template: JsonObject): readonly TemplateCluster[] {
  const resources = [...resourcesIn(template, "", null)];
  const clusters = resources.filter(({ type }) => type === clusterType);
  const pools = resources.filter(({ type }) => type === poolType);
  return clusters.map((cluster) => ({
    pointer: cluster.pointer,
    name: cluster.name,
    row: withPools(
      cluster.body,
      pools.flatMap((pool) => poolEntry(pool, cluster, clusters)),
    ),
  }));
}

/** Resources come as a list, or by symbolic name; they nest in each other and in deployments. */
function* resourcesIn(holder: JsonObject, pointer: string, parent: Resource | null): Generator<Resource> {
  const resources = propertyOf(holder, "resources");
  if (typeof resources !== "object" || resources === null) return;
  for (const [key, body] of Object.entries(resources)) {
    if (!isObject(body) || propertyOf(body, "existing") === true) continue;
    const resource = {
      pointer: `${pointer}/resources/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      type: [parent?.type, textOf(body, "type")?.toLowerCase()]
        .filter((part) => part !== undefined)
        .join("/"),
      name: [parent?.name, textOf(body, "name") ?? ""].filter((part) => part !== undefined).join("/"),
      body,
    };
    yield resource;
    yield* resourcesIn(body, resource.pointer, resource);
    yield* deploymentIn(resource);
  }
}

function* deploymentIn({ type, body, pointer }: Resource): Generator<Resource> {
  const properties = type === "microsoft.resources/deployments" ? propertyOf(body, "properties") : undefined;
  const template = isObject(properties) ? propertyOf(properties, "template") : undefined;
  if (isObject(template)) yield* resourcesIn(template, `${pointer}/properties/template`, null);
}

/**
 * What a pool of its own adds to a cluster's list. A pool whose cluster cannot be told may be any cluster's:
 * each then has an entry nobody can read, so that nothing passes without it.
 */
function poolEntry(pool: Resource, cluster: Resource, clusters: readonly Resource[]): readonly unknown[] {
  const isOpen = isExpression(pool.name) || clusters.some(({ name }) => isExpression(name));
  const parent =
    clusters.find((one) => isPoolOf(pool, one)) ?? (isOpen && clusters.length === 1 ? cluster : null);
  if (parent === null) return isOpen ? [pool.name] : [];
  if (parent !== cluster) return [];
  const properties = propertyOf(pool.body, "properties");
  return [isObject(properties) ? { ...properties, name: poolName(pool.name) } : pool.name];
}

function isPoolOf(pool: Resource, cluster: Resource): boolean {
  if (pool.pointer.startsWith(`${cluster.pointer}/`)) return true;
  return pool.name.toLowerCase().startsWith(`${cluster.name.toLowerCase()}/`);
}

/** The last part of `cluster/pool`, or the last text in an expression such as `[format('{0}/{1}', parameters('name'), 'pool')]`. */
function poolName(name: string): string {
  const [, quoted] = /'\/?([a-z0-9]+)'\s*\)\]$/i.exec(name) ?? [];
  return isExpression(name) ? (quoted ?? name) : (name.split("/").at(-1) ?? name);
}

function withPools(body: JsonObject, pools: readonly unknown[]): JsonObject {
  const properties = propertyOf(body, "properties");
  if (!isObject(properties)) return body;
  const kept = Object.entries(properties).filter(
    ([name]) => !["copy", "agentpoolprofiles"].includes(name.toLowerCase()),
  );
  const listed = propertyOf(properties, "agentPoolProfiles");
  const { agentPoolProfiles = listed, ...looped } = copiesIn(properties);
  const all =
    pools.length === 0
      ? agentPoolProfiles
      : [...(Array.isArray(agentPoolProfiles) ? agentPoolProfiles : [agentPoolProfiles]), ...pools];
  return { ...body, properties: { ...Object.fromEntries(kept), ...looped, agentPoolProfiles: all ?? null } };
}

/** A loop over a property: its pattern stands for one entry, and a second entry nobody can read for those that differ. */
function copiesIn(properties: JsonObject): Readonly<Record<string, readonly unknown[]>> {
  const loops = propertyOf(properties, "copy");
  if (!Array.isArray(loops)) return {};
  return Object.fromEntries(
    loops.filter(isObject).map((loop) => {
      const name = textOf(loop, "name") ?? "";
      return [
        name.toLowerCase() === "agentpoolprofiles" ? "agentPoolProfiles" : name,
        [propertyOf(loop, "input"), `[copy('${name}')]`],
      ];
    }),
  );
}

/** `[…]` is worked out when the template is deployed; `[[…` is text that starts with a bracket. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
}
