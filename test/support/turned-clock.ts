import { setImmediate as nextTurn } from "node:timers/promises";

/** A clock on which time passes only while everybody waits for it. */
export interface TurnedClock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until the work is done. Rejects as the work does, and when it waits for nothing that comes. */
  passUntil<T>(work: Promise<T>): Promise<T>;
}

export function createTurnedClock(): TurnedClock {
  let now = 0;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  async function wakeNext(): Promise<boolean> {
    // Whoever has something to do does it before time passes; an SDK's pipeline takes a few turns of the loop.
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    const [first] = sleepers.sort((a, b) => a.until - b.until);
    if (!first) return false;
    sleepers = sleepers.filter((one) => one !== first);
    now = Math.max(now, first.until);
    first.wake();
    return true;
  }

  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: now + ms, wake })),
    async passUntil(work) {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      work.then(end, end);
      for (let idle = 0; !isOver; ) {
        idle = (await wakeNext()) ? 0 : idle + 1;
        if (idle > 1_000) throw new Error("The work waits for something that never comes.");
      }
      return work;
    },
  };
}
