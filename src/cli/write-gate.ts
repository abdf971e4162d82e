import type { Store } from "../composition/wiring.ts";

/** A store whose writes can be stopped. */
export interface WriteGate {
  readonly store: Store;
  /** From now on writes fail; settles when those under way have ended, well or not. */
  close(): Promise<void>;
}

/** Lets a sweep be given up at any moment: after `close` nothing of it reaches the store any more, its lock included. */
export function createWriteGate({ history, archive, outbox }: Store): WriteGate {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  const guard =
    <Args extends readonly unknown[], Answer>(write: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      if (isClosed) throw new Error("The sweep was interrupted: nothing more of it is recorded.");
      const writing = write(...args);
      underWay.add(writing);
      try {
        return await writing;
      } finally {
        underWay.delete(writing);
      }
    };

  return {
    store: {
      history: {
        ...history,
        lock: guard(history.lock),
        renew: guard(history.renew),
        unlock: guard(history.unlock),
        saveSweep: guard(history.saveSweep),
        store: guard(history.store),
      },
      archive: {
        ...archive,
        writePart: guard(archive.writePart),
        writeManifest: guard(archive.writeManifest),
      },
      outbox: { ...outbox, put: guard(outbox.put), mark: guard(outbox.mark) },
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
    },
  };
}
