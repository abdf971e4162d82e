/** Whether two values that JSON can hold say the same, whatever the order of their properties. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (!isSameJson(a[index], b[index])) return false;
    return true;
  }
  let properties = 0;
  for (const name in a) {
    // Both are objects, and what they hold is looked at by name alone.
    if (!Object.hasOwn(b, name) || !isSameJson(a[name as never], b[name as never])) return false;
    properties += 1;
  }
  return properties === Object.keys(b).length;
}
