/** What is kept: it knows how much room it takes. */
interface Sized {
  readonly sizeInBytes: number;
}

/** Results that are kept as long as there is room. */
export interface ResultCache<Result extends Sized> {
  /** The result kept under this key for the owner, or the one that `make` gives. */
  get(owner: object, key: string, make: () => Result): Result;
}

interface Entry<Result> {
  readonly owner: object;
  readonly key: string;
  readonly result: Result;
}

/** Keeps results up to so many bytes in all and lets those go that were not asked for longest. */
export function createResultCache<Result extends Sized>(mostBytes: number): ResultCache<Result> {
  const owners = new WeakMap<object, Map<string, Entry<Result>>>();
  // A set gives back what was put into it longest ago first.
  const byUse = new Set<Entry<Result>>();
  let bytes = 0;

  function entriesOf(owner: object): Map<string, Entry<Result>> {
    const entries = owners.get(owner) ?? new Map<string, Entry<Result>>();
    owners.set(owner, entries);
    return entries;
  }

  return {
    get(owner, key, make) {
      const entries = entriesOf(owner);
      const known = entries.get(key);
      const entry = known ?? { owner, key, result: make() };
      if (known) byUse.delete(known);
      else bytes += entry.result.sizeInBytes;
      byUse.add(entry);
      entries.set(key, entry);
      for (const oldest of byUse) {
        if (bytes <= mostBytes) break;
        byUse.delete(oldest);
        entriesOf(oldest.owner).delete(oldest.key);
        bytes -= oldest.result.sizeInBytes;
      }
      return entry.result;
    },
  };
}
