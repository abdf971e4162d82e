/** Some measurements of one thing: their middle, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (lower === undefined || upper === undefined) throw new Error("There is nothing to take the middle of.");
  return { median: (lower + upper) / 2, least: sorted[0] ?? lower, most: sorted.at(-1) ?? upper };
}
