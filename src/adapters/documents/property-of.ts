import type { JsonObject } from "../json-object.ts";

/** A property whatever its casing, the exact spelling first; null is absent. */
export function propertyOf(object: JsonObject, name: string): unknown {
  const exact = Object.hasOwn(object, name) ? object[name] : null;
  if (exact !== null && exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  const key = Object.keys(object).find((one) => one.toLowerCase() === wanted && object[one] !== null);
  return key === undefined ? undefined : object[key];
}

export function textOf(object: JsonObject, name: string): string | null {
  const value = propertyOf(object, name);
  return typeof value === "string" ? value : null;
}
