import { describe, expect, test } from "vitest";
import { failsByAll } from "../../src/domain/combined-verdict.ts";
import { type Evidence, fail } from "../../src/domain/verdict.ts";

const seen = (path: string): Evidence => ({ path, observed: 1, expected: 2 });

describe("what fails by all of its parts", () => {
  test("tells of each part before it tells more of any", () => {
    const verdict = failsByAll([
      fail(seen("a1"), seen("a2"), seen("a3"), seen("a4")),
      fail(seen("b1"), seen("b2")),
    ]);
    expect(verdict.evidence.map(({ path }) => path)).toEqual(["a1", "b1", "a2", "a3", "a4", "b2"]);
  });
});
