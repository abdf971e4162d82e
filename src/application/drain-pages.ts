import type { Gap } from "../domain/gap.ts";
import type { Pages } from "./ports.ts";
import { gapFrom } from "./source-error.ts";

/** What a reading brought beside its items. */
export interface Drained {
  /** Rows that could not be taken for an item. */
  readonly gaps: readonly Gap[];
  /** What ended the reading early, or null. */
  readonly failure: unknown;
}

/** Reads all pages there are, or as many as come before the source fails. */
export async function drainPages<T extends object>(
  source: Pages<T>,
  take: (item: T) => void,
): Promise<Drained> {
  const gaps: Gap[] = [];
  try {
    for await (const page of source) {
      for (const item of page) {
        if (isGap(item)) gaps.push(item);
        else take(item);
      }
    }
    return { gaps, failure: null };
  } catch (error) {
    // Only a failing source may end the reading; gapFrom lets anything else through.
    gapFrom(error, "");
    return { gaps, failure: error };
  }
}

export function isGap(item: object): item is Gap {
  return "reason" in item && "detail" in item;
}
