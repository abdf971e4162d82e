import { describe, expect, it } from "vitest";
import { createResultCache } from "../../../src/emulator/resource-graph/result-cache.ts";

interface Made {
  readonly sizeInBytes: number;
  readonly text: string;
}

/** A cache that tells what it had to make anew. */
function createTold(mostBytes: number) {
  const cache = createResultCache<Made>(mostBytes);
  let made: string[] = [];
  return {
    get(owner: object, key: string, sizeInBytes: number): string {
      return cache.get(owner, key, () => {
        made.push(key);
        return { sizeInBytes, text: `${key} of ${sizeInBytes}` };
      }).text;
    },
    made() {
      const told = made;
      made = [];
      return told;
    },
  };
}

describe("kept results", () => {
  const [first, second] = [{}, {}];

  it("are made once as long as there is room, for each owner", () => {
    const cache = createTold(100);
    expect(cache.get(first, "a", 40)).toBe("a of 40");
    expect(cache.get(second, "a", 50)).toBe("a of 50");
    expect(cache.get(first, "a", 1)).toBe("a of 40");
    expect(cache.made()).toEqual(["a", "a"]);
  });

  it("go when there is no room, the one not asked for longest first", () => {
    const cache = createTold(100);
    for (const key of ["a", "b", "c"]) cache.get(first, key, 30);
    cache.get(first, "a", 30);
    cache.get(second, "d", 40);
    cache.made();
    for (const [owner, key] of [
      [first, "a"],
      [first, "c"],
      [second, "d"],
    ] as const) {
      cache.get(owner, key, 30);
    }
    expect(cache.made()).toEqual([]);
    cache.get(first, "b", 30);
    expect(cache.made()).toEqual(["b"]);
  });

  it("free their room when they go", () => {
    const cache = createTold(100);
    for (let count = 0; count < 50; count += 1) cache.get(first, `old ${count}`, 90);
    cache.get(first, "a", 50);
    cache.get(first, "b", 50);
    cache.made();
    cache.get(first, "a", 50);
    expect(cache.made()).toEqual([]);
  });

  it("are answered even when they are too big to be kept", () => {
    const cache = createTold(100);
    expect(cache.get(first, "a", 500)).toBe("a of 500");
    expect(cache.get(first, "a", 600)).toBe("a of 600");
  });
});
