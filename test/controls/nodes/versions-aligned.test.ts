import { expect, test } from "vitest";
import { versionsAligned } from "../../../src/controls/nodes/versions-aligned.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

describeControl(versionsAligned, {
  pass: {
    "the same on both pools": {},
    "three minor versions behind": versions("1.35.6", "1.32.0"),
    "an alias on either side": versions("1.35", "1.35.6"),
    "two behind below 1.28": versions("1.27.9", "1.25.0"),
    "three behind 1.28": versions("1.28.0", "1.25.0"),
  },
  fail: {
    "four minor versions behind": versions("1.35.6", "1.31.9"),
    "one pool behind two good ones": {
      poolVersions: { listed: [{}, {}, { pool: "legacy", ...set("1.30.1") }] },
    },
    "three behind below 1.28": versions("1.27.9", "1.24.0"),
    "a late pool beside one that tells nothing": {
      poolVersions: { listed: [absent(null), set("1.30.1")] },
    },
    "a late pool, whatever nodes no pool lists": {
      poolVersions: { listed: [set("1.30.1")], unlisted: "There are others." },
    },
  },
  unknown: {
    "a control plane without a version": { controlPlaneVersion: { version: absent(null) } },
    "a control plane with a version that is none": { controlPlaneVersion: { version: set("latest") } },
    "a pool without a version": { poolVersions: { listed: [{}, absent(null)] } },
    "a pool with a version that is none": versions("1.35.6", "latest"),
    "a pool ahead of its control plane": versions("1.34.9", "1.35.6"),
    "another major version": versions("2.35.6", "1.35.6"),
    "nodes that no pool lists": { poolVersions: { unlisted: "There are others." } },
    "no pool": { poolVersions: { listed: [] } },
  },
});

test("a failure names the offending pool alone, and the control plane's version", () => {
  const changes = { poolVersions: { listed: [{}, { pool: "legacy", ...set("1.30.1") }] } };
  expect(assess(versionsAligned, snapshot(changes)).evidence).toMatchObject([
    { pool: "legacy", observed: "1.30.1", expected: "at most 3 minor versions behind 1.35.6" },
  ]);
});

test("a lag that passes is shown", () => {
  const { evidence } = assess(versionsAligned, snapshot(versions("1.35.6", "1.33.2")));
  expect(evidence.map(({ observed }) => observed)).toEqual(["1.33.2"]);
});

test("what does not compare is quoted with its pool", () => {
  const changes = { poolVersions: { listed: [{}, { pool: "apps", ...set("latest") }] } };
  expect(assess(versionsAligned, snapshot(changes)).reason).toContain('apps: "latest"');
});

function versions(controlPlane: string, pool: string): Changes {
  return { controlPlaneVersion: { version: set(controlPlane) }, poolVersions: { listed: [set(pool)] } };
}
