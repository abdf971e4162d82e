import { expect, test } from "vitest";
import {
  azureLinux2,
  defenderInChina,
  isLifecycleDataOld,
  lifecycleCheckedOn,
} from "../../src/controls/lifecycle.ts";

const ends = [...Object.values(azureLinux2), ...Object.values(defenderInChina)];

test("every date is a date, and so is the day it was checked", () => {
  for (const { on, checkedOn } of ends) {
    expect(new Date(on).toISOString().slice(0, 10)).toBe(on);
    expect(new Date(checkedOn).toISOString().slice(0, 10)).toBe(checkedOn);
  }
});

test("the data is as old as the date that was checked longest ago", () => {
  expect(ends.map(({ checkedOn }) => checkedOn).sort()[0]).toBe(lifecycleCheckedOn);
});

test("the data is old after 180 days, not before", () => {
  expect(isLifecycleDataOld(lifecycleCheckedOn)).toBe(false);
  expect(isLifecycleDataOld(daysLater(180))).toBe(false);
  expect(isLifecycleDataOld(daysLater(181))).toBe(true);
});

function daysLater(days: number): string {
  return new Date(Date.parse(lifecycleCheckedOn) + days * 86_400_000).toISOString().slice(0, 10);
}
