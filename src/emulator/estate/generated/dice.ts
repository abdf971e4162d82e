/** Draws that hang on their names alone: any one can be made without the others, in any order. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  share(name: string): number;
  happens(name: string, probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  whole(name: string, least: number, most: number): number;
  /** @throws RangeError when there is nothing to pick from */
  pick<T>(name: string, items: readonly T[]): T;
}

/** The dice of one thing, such as `cluster 17`, in the estate of a seed. */
export function createDice(seed: number, subject: string): Dice {
  const prefix = `${seed} ${subject} `;
  const share = (name: string): number => hashToShare(prefix + name);
  return {
    share,
    happens: (name, probability) => share(name) < probability,
    whole: (name, least, most) => least + Math.floor(share(name) * (most - least + 1)),
    pick(name, items) {
      const item = items[Math.floor(share(name) * items.length)];
      if (item === undefined) throw new RangeError(`There is nothing to pick ${name} from.`);
      return item;
    },
  };
}

/** FNV-1a over the text, then the finalizer of MurmurHash3, which spreads texts that differ in one digit. */
function hashToShare(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
