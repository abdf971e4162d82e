import { isObject, type JsonObject } from "../../json-object.ts";
import { MalformedPropertyError, type Place } from "../../row.ts";

/**
 * Follows full stops from a place. What is absent has nothing below it; anything but an object on the way is malformed,
 * an empty text too, since the Kubernetes API never writes one for a block. @throws MalformedPropertyError
 */
export function at(start: Place, path: string): Place {
  let place = start;
  for (const name of path.split("."))
    place = {
      path: place.path === "" ? name : `${place.path}.${name}`,
      value: readBlock(place)?.[name],
    };
  return place;
}

/** A label, whose name may have full stops in it. @throws MalformedPropertyError */
export function labelAt(labels: Place, name: string): Place {
  return { path: `${labels.path}["${name}"]`, value: readBlock(labels)?.[name] };
}

/** A block, be it an empty one; null when it is absent. @throws MalformedPropertyError */
export function readBlock({ path, value }: Place): JsonObject | null {
  if (value === undefined || value === null) return null;
  if (isObject(value)) return value;
  throw new MalformedPropertyError(path, value, "an object");
}

/** @throws MalformedPropertyError */
export function hasBlock(place: Place): boolean {
  return readBlock(place) !== null;
}
