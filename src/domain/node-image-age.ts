/** Linux images come weekly, Windows images monthly, and take up to two weeks to reach a region: older ones can be had newer. */
export const freshForInDays = 35;

/** The day (YYYY-MM-DD) a node image was built, by its name: Linux ends in `YYYYMM.DD.PATCH`, Windows in `yyMMdd`. Null for any other name, and for no real day. */
export function builtOn(imageVersion: string): string | null {
  const linux = /-(\d{4})(\d\d)\.(\d\d)\.\d+$/.exec(imageVersion);
  const windows = /^AKSWindows-.*\.(\d\d)(\d\d)(\d\d)$/i.exec(imageVersion);
  const [, year, month, day] = linux ?? windows ?? [];
  const date = `${windows === null ? "" : "20"}${year}-${month}-${day}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}

/** How old an image is on a day (YYYY-MM-DD); null when its name does not tell. Below zero before it was built. */
export function ageInDays(imageVersion: string, asOf: string): number | null {
  const built = builtOn(imageVersion);
  return built === null ? null : (Date.parse(asOf) - Date.parse(built)) / 86_400_000;
}
