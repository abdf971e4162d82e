import type { Gap } from "../domain/gap.ts";
import { collected, type Reading, unavailable } from "../domain/reading.ts";
import { isObject, type JsonObject } from "./json-object.ts";

/** A property of another type than is documented: what was to be told from it cannot be told. */
export class MalformedPropertyError extends Error {
  constructor(path: string, value: unknown, expected: string) {
    super(`${path} is ${nameType(value)}, not ${expected}.`);
    this.name = "MalformedPropertyError";
  }
}

/** Where a property stands and what stands there. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Follows dots from a place; an absent object on the way makes the property absent. @throws MalformedPropertyError */
export function at(start: Place, path: string): Place {
  const names = namesIn(path);
  let value = start.value;
  for (let index = 0; index < names.length && value !== undefined; index += 1) {
    if (!isObject(value) && !isAbsent(value)) {
      const here = index === 0 ? start.path : joined(start.path, ".", names.slice(0, index).join("."));
      throw new MalformedPropertyError(here, value, "an object");
    }
    // Of an absent object every property is absent.
    value = isObject(value) ? value[names[index] ?? ""] : undefined;
  }
  return { path: joined(start.path, ".", path), value };
}

/** Null when absent; Azure writes empty objects as null, `""` or `{}`. */
export function readObject({ path, value }: Place): JsonObject | null {
  if (isAbsent(value)) return null;
  if (isObject(value)) return value;
  throw new MalformedPropertyError(path, value, "an object");
}

export function readBoolean({ path, value }: Place): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  throw new MalformedPropertyError(path, value, "a boolean");
}

/** Null when absent or empty. */
export function readText({ path, value }: Place): string | null {
  if (isAbsent(value)) return null;
  if (typeof value === "string") return value;
  throw new MalformedPropertyError(path, value, "a string");
}

/** Text that Azure documents to be always there. @throws MalformedPropertyError */
export function readRequiredText(place: Place): string {
  const text = readText(place);
  if (text === null) throw new MalformedPropertyError(place.path, undefined, "a string");
  return text;
}

export function readNumber({ path, value }: Place): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return value;
  throw new MalformedPropertyError(path, value, "a number");
}

/** The entries of a list with their places; null when absent. */
export function readList({ path, value }: Place): readonly Place[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw new MalformedPropertyError(path, value, "a list");
  return value.map((entry: unknown, index) => ({
    path: index < mostKeptEntries ? joined(path, "", `[${index}]`) : `${path}[${index}]`,
    value: entry,
  }));
}

/** A list of strings; null when absent. */
export function readTexts(place: Place): readonly string[] | null {
  const entries = readList(place);
  return (
    entries?.map(({ path, value }) => {
      if (typeof value === "string") return value;
      throw new MalformedPropertyError(path, value, "a string");
    }) ?? null
  );
}

/** Reads, or leaves the reading unavailable when a property is malformed. */
export function readingOf<T>(scope: string, read: () => T): Reading<T> {
  try {
    return collected(read());
  } catch (error) {
    return unavailable(malformedGap(scope, error));
  }
}

/** The gap a malformed property leaves; any other error is a fault of ours and goes on up. */
export function malformedGap(scope: string, error: unknown): Gap {
  if (!(error instanceof MalformedPropertyError)) throw error;
  return { scope, reason: "malformed", detail: error.message, remedy: null };
}

/** Millions of places are looked at in a sweep, under some hundred paths: each is put together once and then shared. */
const splitPaths = new Map<string, readonly string[]>();
const joinedPaths = new Map<string, Map<string, string>>();
/** Long lists of a single odd row must not fill the memory for good. */
const mostStarts = 2_000;
const mostKeptEntries = 100;

function namesIn(path: string): readonly string[] {
  const known = splitPaths.get(path);
  if (known !== undefined) return known;
  const made = path.split(".");
  splitPaths.set(path, made);
  return made;
}

function joined(start: string, separator: "." | "", path: string): string {
  if (start === "") return path;
  let ends = joinedPaths.get(start);
  if (ends === undefined) {
    if (joinedPaths.size >= mostStarts) return start + separator + path;
    ends = new Map();
    joinedPaths.set(start, ends);
  }
  const known = ends.get(path);
  if (known !== undefined) return known;
  const made = start + separator + path;
  ends.set(path, made);
  return made;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function nameType(value: unknown): string {
  if (value === undefined || value === null) return "absent";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
