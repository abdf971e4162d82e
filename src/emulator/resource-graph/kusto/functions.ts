import type { ScalarType } from "./syntax.ts";
import { toText, type Value } from "./values.ts";

interface ScalarFunction {
  /** Types each argument may have, in order; every argument is required. */
  readonly takes: readonly (readonly ScalarType[])[];
  readonly gives: ScalarType;
  /** Conversions keep the name of the column they convert. */
  readonly keepsName?: true;
  readonly call: (...values: readonly Value[]) => Value;
}

const any: readonly ScalarType[] = ["string", "bool", "long", "dynamic"];
const text: readonly ScalarType[] = ["string", "dynamic"];
const isBlank = (value: Value): boolean => toText(value) === "";

/** Kusto's `tobool` reads booleans, numbers and the words true and false, whatever their case. */
function toBool(value: Value): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  const word = toText(value).toLowerCase();
  return word === "true" ? true : word === "false" ? false : null;
}

function toWholeNumber(value: Value): number | null {
  if (typeof value === "boolean") return Number(value);
  const number = isBlank(value) ? Number.NaN : Number(toText(value));
  return Number.isFinite(number) ? Math.trunc(number) : null;
}

/** The scalar functions known here, a few of the many Resource Graph has. */
export const functions: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>([
  [
    "not",
    {
      takes: [["bool"]],
      gives: "bool",
      call: (value) => (value === null ? null : value !== true),
    },
  ],
  [
    "isnull",
    {
      takes: [any],
      gives: "bool",
      call: (value) => value === null || value === undefined,
    },
  ],
  [
    "isnotnull",
    {
      takes: [any],
      gives: "bool",
      call: (value) => value !== null && value !== undefined,
    },
  ],
  ["isempty", { takes: [text], gives: "bool", call: isBlank }],
  ["isnotempty", { takes: [text], gives: "bool", call: (value) => !isBlank(value) }],
  [
    "tolower",
    {
      takes: [text],
      gives: "string",
      call: (value) => toText(value).toLowerCase(),
    },
  ],
  [
    "toupper",
    {
      takes: [text],
      gives: "string",
      call: (value) => toText(value).toUpperCase(),
    },
  ],
  ["tostring", { takes: [any], gives: "string", keepsName: true, call: toText }],
  ["tobool", { takes: [any], gives: "bool", keepsName: true, call: toBool }],
  ["toint", { takes: [any], gives: "long", keepsName: true, call: toWholeNumber }],
  ["tolong", { takes: [any], gives: "long", keepsName: true, call: toWholeNumber }],
  [
    "array_length",
    {
      takes: [["dynamic"]],
      gives: "long",
      call: (value) => (Array.isArray(value) ? value.length : null),
    },
  ],
]);
