import type { Dice } from "./estate/generated/dice.ts";

/** A value somewhere in JSON, and how to come there. */
export interface Spot {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every value in some JSON but the whole of it, from the outside in. */
export function spotsIn(json: unknown, path: Spot["path"] = []): readonly Spot[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(json)
    ? [...json.entries()]
    : typeof json === "object" && json !== null
      ? Object.entries(json)
      : [];
  return entries.flatMap(([key, value]) => {
    const here = [...path, key];
    return [{ path: here, value }, ...spotsIn(value, here)];
  });
}

/** The same JSON with other values at some of these spots, drawn by chance; `replace` makes them. */
export function alter(
  json: unknown,
  spots: readonly Spot[],
  most: number,
  dice: Dice,
  replace: (spot: Spot) => unknown,
): unknown {
  const drawn = spots
    .map((spot) => ({ spot, place: dice.share(spot.path.join(".")) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, most);
  // The innermost first: what holds others may go as a whole.
  const inOrder = drawn.sort((a, b) => b.spot.path.length - a.spot.path.length);
  return inOrder.reduce((altered, { spot }) => withValue(altered, spot.path, replace(spot)), json);
}

function withValue(json: unknown, [key, ...rest]: Spot["path"], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json))
    return json.map((one, index) => (index === key ? withValue(one, rest, value) : one));
  const object: Readonly<Record<string, unknown>> = { ...(json as object) };
  return { ...object, [key]: withValue(object[key], rest, value) };
}
