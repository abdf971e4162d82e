import { alter, type Spot, spotsIn } from "./altered-json.ts";
import type { Dice } from "./estate/generated/dice.ts";

/**
 * The same JSON with so many values of a type that Azure documents for none of them. A property never becomes null,
 * empty or absent: that is how Azure writes one that is not set, and no fault.
 */
export function withWrongTypes(json: unknown, alterations: number, dice: Dice): unknown {
  return alter(json, spotsIn(json), alterations, dice, (spot) =>
    dice.pick(`instead of ${spot.path.join(".")}`, othersThan(spot)),
  );
}

/** The same JSON with so many properties null that were not: Azure's way to say that they are not set. */
export function withNullProperties(json: unknown, alterations: number, dice: Dice): unknown {
  const spots = spotsIn(json).filter(({ path, value }) => typeof path.at(-1) === "string" && value !== null);
  return alter(json, spots, alterations, dice, () => null);
}

function othersThan({ value, path }: Spot): readonly [unknown, ...unknown[]] {
  const inList = typeof path.at(-1) === "number" ? [null] : [];
  switch (typeof value) {
    case "boolean":
      return [String(value), Number(value), { enabled: value }, [value], ...inList];
    case "string":
      return [7, true, { value }, [value], ...inList];
    case "number":
      return [String(value), true, { value }, [value], ...inList];
    default:
      if (value === null) return [[7]];
      return Array.isArray(value)
        ? ["a, b", 7, true, { value }, ...inList]
        : ["an object", 7, true, [value], ...inList];
  }
}
