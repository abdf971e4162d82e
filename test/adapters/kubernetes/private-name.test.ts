import { expect, it } from "vitest";
import { inspect } from "./support/inspect.ts";

it("asks once for a name that nobody knows, since a fleet may hold thousands of private clusters", async () => {
  const { readings, waits } = await inspect({ server: "https://aks-1.privatelink.invalid" });
  expect(readings.podImages).toMatchObject({ state: "collected", value: { state: "notInspected" } });
  expect(waits).toEqual([]);
});
