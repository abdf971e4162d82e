import { expect, test } from "vitest";
import * as lifecycle from "../../src/controls/lifecycle.ts";
import { azureLinux2, kubernetesCalendar, operatingSystems } from "../../src/controls/lifecycle.ts";

test("every date is a date, and so is the day it was checked", () => {
  const maps = Object.values(lifecycle).map((data) => (data instanceof Map ? [...data.values()] : data));
  const dates = [...JSON.stringify(maps).matchAll(/"(on|checkedOn)":"([^"]*)"/g)].map(([, , date]) => date);
  expect(dates.length).toBeGreaterThan(80);
  for (const date of dates) expect(new Date(date ?? "").toISOString().slice(0, 10)).toBe(date);
});

test("images go when support ends or later", () => {
  expect(azureLinux2.imageRemoval.on >= azureLinux2.supportEnd.on).toBe(true);
  for (const { retirement, imageRemoval } of Object.values(operatingSystems)) {
    if (imageRemoval === null) continue;
    expect(imageRemoval.on >= (retirement?.on ?? "")).toBe(true);
  }
});

test("the calendar goes up by one minor, and its dates with it", () => {
  const minors = [...kubernetesCalendar.keys()].map((minor) => Number(/^1\.(\d+)$/.exec(minor)?.[1]));
  expect(minors).toEqual(minors.map((_, index) => (minors[0] ?? 0) + index));
  for (const on of [
    (minor: lifecycle.KubernetesLifecycle) => minor.generalAvailability?.on ?? "9999-12-31",
    (minor: lifecycle.KubernetesLifecycle) => minor.standardEnd.on,
    (minor: lifecycle.KubernetesLifecycle) => minor.longTermEnd.on,
  ]) {
    const dates = [...kubernetesCalendar.values()].map(on);
    expect(dates).toEqual([...dates].sort());
  }
});

test("long-term support outlasts standard support, and platform support ends with the fourth minor after", () => {
  for (const [minor, { standardEnd, longTermEnd, platformSupportUntil }] of kubernetesCalendar) {
    expect(longTermEnd.on > standardEnd.on).toBe(true);
    expect(platformSupportUntil).toBe(`1.${Number(minor.split(".")[1]) + 4}`);
  }
});
