/** What a cell holds: JSON, where absent and null are the same. */
export type Value = unknown;

/** Kusto's `tostring`: null is the empty string, objects are their JSON. */
export function toText(value: Value): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether a cell is null; Kusto's strings never are. */
export function isNull(value: Value): boolean {
  return value === null || value === undefined;
}

/** Equality of scalars; with a null nothing is equal, and objects equal nothing. */
export function isEqual(left: Value, right: Value): boolean {
  return !isNull(left) && typeof left !== "object" && left === right;
}

/** Whether `word` stands in `text` as a whole term, bounded by anything but letters and digits, whatever the case. */
export function hasTerm(text: string, word: string): boolean {
  const haystack = text.toLowerCase();
  const needle = word.toLowerCase();
  if (needle === "") return true;
  const isPart = (char: string): boolean => /[\p{L}\p{N}]/u.test(char);
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const before = haystack.charAt(at - 1);
    const after = haystack.charAt(at + needle.length);
    if (!isPart(before) && !isPart(after)) return true;
  }
  return false;
}

/** Order of two cells going up: nulls first, then numbers and strings by code point. */
export function compareValues(left: Value, right: Value): number {
  if (isNull(left) || isNull(right)) return Number(!isNull(left)) - Number(!isNull(right));
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [a, b] = [toText(left), toText(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
