import * as lifecycle from "./lifecycle.ts";

/** After this many days the dates want looking at again. */
const freshForInDays = 180;

/** The date (YYYY-MM-DD) before which no date of `lifecycle.ts` was checked. */
export const lifecycleCheckedOn: string = checkDates(lifecycle).reduce((one, other) =>
  one < other ? one : other,
);

/** True when a sweep of this date (YYYY-MM-DD) should warn that the dates may have moved. */
export function isLifecycleDataOld(date: string): boolean {
  return Date.parse(date) - Date.parse(lifecycleCheckedOn) > freshForInDays * 86_400_000;
}

/** Whatever the data looks like, so that none that is added is forgotten. */
function checkDates(data: unknown): string[] {
  if (data instanceof Map) return [...data.values()].flatMap(checkDates);
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) =>
    key === "checkedOn" && typeof value === "string" ? [value] : checkDates(value),
  );
}
