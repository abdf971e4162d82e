/** Runs some work when it is its turn. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets so many through at a time, the others in the order they came. */
export function createTurnstile(most: number): InTurn {
  const waiting: (() => void)[] = [];
  let within = 0;

  const leave = () => {
    const next = waiting.shift();
    // Whoever is called up takes the place that became free.
    if (next) next();
    else within -= 1;
  };
  return async (work) => {
    if (within < most) within += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
