import { expect, test } from "vitest";
import * as lifecycle from "../../src/controls/lifecycle.ts";
import { isLifecycleDataOld, lifecycleCheckedOn } from "../../src/controls/lifecycle-age.ts";

test("the data is as old as the date that was checked longest ago, wherever it stands", () => {
  const maps = Object.values(lifecycle).map((data) => (data instanceof Map ? [...data.values()] : data));
  const checked = [...JSON.stringify(maps).matchAll(/"checkedOn":"([^"]+)"/g)].map(([, date]) => date);
  expect(checked.length).toBeGreaterThan(40);
  expect(checked.sort()[0]).toBe(lifecycleCheckedOn);
});

test("the data is old after 180 days, not before", () => {
  expect(isLifecycleDataOld(lifecycleCheckedOn)).toBe(false);
  expect(isLifecycleDataOld(daysLater(180))).toBe(false);
  expect(isLifecycleDataOld(daysLater(181))).toBe(true);
});

function daysLater(days: number): string {
  return new Date(Date.parse(lifecycleCheckedOn) + days * 86_400_000).toISOString().slice(0, 10);
}
