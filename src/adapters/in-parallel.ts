/** Runs a step for each item, so many at a time; the first failure ends it once the steps under way have ended. */
export async function inParallel<T>(
  most: number,
  items: readonly T[],
  step: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  let hasFailed = false;
  const work = async () => {
    for (const item of remaining) {
      if (hasFailed) return;
      try {
        await step(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, work));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}
