import { expect, test } from "vitest";
import { collected, partial, unavailable } from "../../src/domain/reading.ts";
import { gap } from "../support/snapshot.ts";

test("a reading holds what was read and the gap that kept the rest away", () => {
  expect(collected(1)).toEqual({ state: "collected", value: 1 });
  expect(partial(1, gap())).toEqual({ state: "partial", value: 1, gap: gap() });
  expect(unavailable(gap())).toEqual({ state: "unavailable", gap: gap() });
});
