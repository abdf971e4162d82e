import { expect, test } from "vitest";
import { imageFresh } from "../../../src/controls/nodes/image-fresh.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { type Changes, snapshot } from "../../support/snapshot.ts";

const old = "AKSAzureLinux-V3gen2-202609.15.0";

describeControl(imageFresh, {
  pass: {
    "weeks old on both pools": {},
    "35 days old": image("AKSUbuntu-2404gen2containerd-202610.17.0"),
    "a Windows image": image("AKSWindows-2022-containerd-20348.5386.261112"),
    "a Windows image as a gallery spells it": image("AKSWindows-windows-2025-26100.4061.261112"),
    "made after the day it is judged at": { clock: { asOf: "2026-10-01" } },
    "a machine that no pool lists": { nodeImages: [{}, { pool: null, osSku: null }] },
    "old, and the latest there is": {
      nodeImages: [{ imageVersion: old }],
      latestImages: [latest("SYSTEM", old)],
    },
  },
  fail: {
    "36 days old": image("AKSUbuntu-2404gen2containerd-202610.16.0"),
    "one pool behind two good ones": { nodeImages: [{}, {}, { imageVersion: old }] },
    "a Windows image of the summer": image("AKSWindows-2022-containerd-20348.5386.260715"),
    "fresh once, judged later": { clock: { asOf: "2027-01-01" } },
    "a machine that no pool lists": { nodeImages: [{}, { pool: null, osSku: null, imageVersion: old }] },
    "old, and there is a newer one": {
      nodeImages: [{ imageVersion: old }],
      latestImages: [latest("system", "AKSAzureLinux-V3gen2-202611.16.0")],
    },
    "the latest of another pool": {
      nodeImages: [{ imageVersion: old }],
      latestImages: [latest("apps", old)],
    },
    "old, of a pool whose latest Azure does not name": {
      nodeImages: [{ imageVersion: old }],
      latestImages: [latest("system", null)],
    },
    "a machine that no pool lists, and runs the latest of a pool": {
      nodeImages: [{ pool: null, imageVersion: old }],
      latestImages: [latest("system", old)],
    },
    "an old one beside one that does not tell": {
      nodeImages: [{ imageVersion: null }, { imageVersion: old }],
    },
  },
  unknown: {
    "no image's name": image(null),
    "one pool without a name beside a good one": { nodeImages: [{}, { imageVersion: null }] },
    "a name without a date": image("AKSAzureLinux-V3gen2"),
    "a date with a day that does not exist": image("AKSAzureLinux-V3gen2-202611.31.0"),
    "a date with a month that does not exist": image("AKSAzureLinux-V3gen2-202613.01.0"),
    "a Windows date that does not exist": image("AKSWindows-2022-containerd-20348.5386.261345"),
    "a date spelt otherwise": image("AKSUbuntu-1804gen2containerd-2021.11.06"),
    "digits at the end of a name that is not of Windows": image("AKSSomething-1.261112"),
    "no pool and no machine": { nodeImages: [] },
  },
});

test("a failure reads the same the night after, so that nothing is stored anew", () => {
  const changes = { nodeImages: [{ imageVersion: old }] };
  const on = (asOf: string) => assess(imageFresh, snapshot({ ...changes, clock: { asOf } }));
  expect(on("2026-11-22")).toEqual(on("2026-11-21"));
});

test("a failure names the offending pool alone, with the image's date", () => {
  const changes = { nodeImages: [{}, { pool: "apps", imageVersion: old }] };
  const [offender, ...others] = assess(imageFresh, snapshot(changes)).evidence;
  expect(others).toEqual([]);
  expect(offender).toMatchObject({ observed: old, pool: "apps" });
  expect(offender?.expected).toMatch(/this one is of 2026-09-15$/);
});

test("a failure of a machine without a pool names no pool", () => {
  const verdict = assess(imageFresh, snapshot({ nodeImages: [{ pool: null, imageVersion: old }] }));
  expect(verdict.evidence[0]).not.toHaveProperty("pool");
});

test("a name without a date is quoted", () => {
  expect(assess(imageFresh, snapshot(image("AKSAzureLinux-V3gen2"))).reason).toContain(
    '"AKSAzureLinux-V3gen2"',
  );
});

test("the latest image is named where it was read", () => {
  const changes = {
    nodeImages: [{ imageVersion: old }],
    latestImages: [latest("system", "AKSAzureLinux-V3gen2-202611.16.0")],
  };
  expect(assess(imageFresh, snapshot(changes)).evidence[0]?.expected).toContain(
    "or the latest, AKSAzureLinux-V3gen2-202611.16.0",
  );
});

function latest(pool: string, imageVersion: string | null) {
  return { pool, imageVersion };
}

function image(imageVersion: string | null): Changes {
  return { nodeImages: [{ imageVersion }] };
}
