import type { RawObject } from "../estate/world.ts";

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text of an object's metadata; empty when it is not there. */
export function metadataText({ metadata }: RawObject, property: "name" | "namespace"): string {
  const value = isObject(metadata) ? metadata[property] : undefined;
  return typeof value === "string" ? value : "";
}
