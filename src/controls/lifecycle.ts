/** An end that Microsoft announced. Dates are YYYY-MM-DD, the first day on which it holds. */
interface End {
  readonly on: string;
  /** When somebody last held the date against its source. */
  readonly checkedOn: string;
}

/** https://github.com/Azure/AKS/issues/4988 */
export const azureLinux2 = {
  supportEnd: { on: "2025-11-30", checkedOn: "2026-11-21" },
  imageRemoval: { on: "2026-03-31", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/** Defender for Containers was retired in the cloud run by 21Vianet alone. */
export const defenderInChina = {
  retirement: { on: "2026-08-18", checkedOn: "2026-11-21" },
} as const satisfies Record<string, End>;

/** After this many days the dates want looking at again. */
const freshForInDays = 180;

/** The date (YYYY-MM-DD) before which no date here was checked. */
export const lifecycleCheckedOn: string = earliest(
  [azureLinux2, defenderInChina]
    .flatMap((ends) => Object.values<End>(ends))
    .map(({ checkedOn }) => checkedOn),
);

/** True when a sweep of this date (YYYY-MM-DD) should warn that the dates may have moved. */
export function isLifecycleDataOld(date: string): boolean {
  return Date.parse(date) - Date.parse(lifecycleCheckedOn) > freshForInDays * 86_400_000;
}

function earliest(dates: readonly string[]): string {
  return new Date(Math.min(...dates.map((date) => Date.parse(date)))).toISOString().slice(0, 10);
}
