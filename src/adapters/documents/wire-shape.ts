import { isObject, type JsonObject } from "../json-object.ts";
import { propertyOf } from "./property-of.ts";
import { clusterProperties, freeKeys, poolKindName, wireNames } from "./wire-names.ts";

/**
 * A cluster of any document as ARM would show it: known names in ARM's casing, what `az` flattened back under `properties`,
 * null left out. Wrong types stay as they are, for the mapper to name.
 */
export function toWireShape(cluster: JsonObject): JsonObject {
  const row = reshapeObject(cluster, "");
  return row.properties === undefined ? unflatten(row) : row;
}

/** Without a single property of a cluster there is nothing to put under `properties`: the row names a cluster and tells nothing of it. */
function unflatten(row: JsonObject): JsonObject {
  const entries = Object.entries(row);
  const own = entries.filter(([name]) => clusterProperties.has(name.toLowerCase()));
  if (own.length === 0) return row;
  const others = entries.filter(([name]) => !clusterProperties.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), properties: Object.fromEntries(own) };
}

function reshape(value: unknown, parent: string): unknown {
  if (Array.isArray(value)) return value.map((item) => reshape(item, ""));
  return isObject(value) ? reshapeObject(value, parent) : value;
}

function reshapeObject(object: JsonObject, parent: string): JsonObject {
  const shaped: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(object)) {
    if (item === null) continue;
    const name = nameIn(parent, key);
    // Of two spellings of one name ARM's own wins.
    if (name in shaped && name !== key) continue;
    shaped[name] = reshape(item, name);
  }
  const poolKind = propertyOf(object, poolKindName);
  if (poolKind !== undefined) shaped.type = poolKind;
  return shaped;
}

function nameIn(parent: string, key: string): string {
  if (freeKeys.has(parent)) return key;
  // The one name ARM itself spells in two ways.
  if (key.toLowerCase() === "tenantid") return parent === "aadProfile" ? "tenantID" : "tenantId";
  return wireNames.get(key.toLowerCase()) ?? key;
}
