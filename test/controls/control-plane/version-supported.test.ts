import { expect, test } from "vitest";
import { versionSupported } from "../../../src/controls/control-plane/version-supported.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

const longTerm = { tier: { tier: set("Premium"), supportPlan: set("AKSLongTermSupport") } };
const official = ["KubernetesOfficial", "AKSLongTermSupport"] as const;
const bought = ["AKSLongTermSupport"] as const;
const unread = { regionVersions: { offered: null, unread: "Azure answered 403.", readOn: null } };

/** One version alone, which the region offers. */
function offering(minor: string, plans: readonly string[], isPreview = false) {
  return { regionVersions: { offered: [{ minor, plans, isPreview }] } };
}

describeControl(versionSupported, {
  pass: {
    "in standard support on all pools": {},
    "an alias": running("1.35", "1.35"),
    "a pool one minor behind, in support as well": running("1.36.2", "1.35.6"),
    "in long-term support": { ...running("1.32.4", "1.32.4"), ...longTerm },
    "in long-term support, in another case": {
      ...running("1.32.4", "1.32.4"),
      tier: { tier: set("premium"), supportPlan: set("akslongtermsupport") },
    },
    "on its last day": { clock: { asOf: "2027-03-31" } },
    "offered in the region for longer than the calendar says": {
      ...offering("1.33", official),
      ...running("1.33.13", "1.33.13"),
    },
    "offered in the region though the calendar does not know it": {
      ...offering("1.38", official),
      ...running("1.38.0", "1.38.0"),
    },
    "offered when the sweep ran past midnight": {
      ...offering("1.33", official),
      ...running("1.33.13", "1.33.13"),
      clock: { asOf: "2026-11-20" },
    },
    "offered on a day that Azure did not name": {
      regionVersions: { ...offering("1.33", official).regionVersions, readOn: null },
      ...running("1.33.13", "1.33.13"),
    },
    "by the calendar, where the region's versions were not read": unread,
  },
  fail: {
    "out of all support": running("1.31.9", "1.31.9"),
    "older than the calendar": running("1.24.6", "1.24.6"),
    "one pool behind two good ones": {
      poolVersions: { listed: [{}, {}, { pool: "legacy", ...set("1.31.9") }] },
    },
    "in support of the platform alone": running("1.33.13", "1.33.13"),
    "the long-term plan without the tier": {
      ...running("1.32.4", "1.32.4"),
      tier: { tier: set("Standard"), supportPlan: set("AKSLongTermSupport") },
    },
    "the tier without the plan": {
      ...running("1.32.4", "1.32.4"),
      tier: { tier: set("Premium"), supportPlan: absent("KubernetesOfficial") },
    },
    "past long-term support": { ...running("1.30.100", "1.30.100"), ...longTerm },
    "a day too late": { clock: { asOf: "2027-04-01" } },
    "beside a pool that tells nothing": {
      ...running("1.31.9", "1.31.9"),
      poolVersions: { listed: [absent(null)] },
    },
    "offered in the region for long-term support alone, earlier than the calendar says": {
      ...offering("1.34", bought),
      ...running("1.34.9", "1.34.9"),
    },
    "not offered in the region any more, whatever the calendar says": {
      ...offering("1.36", official),
      ...running("1.35.6", "1.35.6"),
    },
    "not offered in the region any more, whatever was bought": {
      ...offering("1.36", official),
      ...running("1.32.4", "1.32.4"),
      ...longTerm,
    },
    "by the calendar, where the region's versions were not read": {
      ...unread,
      ...running("1.31.9", "1.31.9"),
    },
    "by the calendar, on another day than the region's versions were read": {
      ...offering("1.33", official),
      ...running("1.33.13", "1.33.13"),
      clock: { asOf: "2026-11-24" },
    },
    "whatever nodes no pool lists": {
      controlPlaneVersion: { version: set("1.31.9") },
      poolVersions: { unlisted: "There are others." },
    },
  },
  unknown: {
    "newer than the calendar": running("1.38.0", "1.35.6"),
    "possibly a preview": running("1.37.0", "1.37.0"),
    "a preview in the region": { ...offering("1.35", official, true) },
    "possibly a preview, where the region's versions were not read": {
      ...unread,
      ...running("1.37.0", "1.37.0"),
    },
    "newer than the region's versions and the calendar": {
      ...offering("1.37", official),
      ...running("1.39.0", "1.39.0"),
    },
    "offered in the region by a plan Azure may add": {
      ...offering("1.38", ["AKSForever"]),
      ...running("1.38.0", "1.38.0"),
    },
    "a control plane without a version": { controlPlaneVersion: { version: absent(null) } },
    "a pool without a version": { poolVersions: { listed: [{}, absent(null)] } },
    "a version that is none": running("latest", "1.35.6"),
    "a plan Azure may add, where it would decide": {
      ...running("1.32.4", "1.32.4"),
      tier: { tier: set("Premium"), supportPlan: set("AKSForever") },
    },
    "a tier Azure may add, where it would decide": {
      ...running("1.32.4", "1.32.4"),
      tier: { tier: set("Platinum"), supportPlan: set("AKSLongTermSupport") },
    },
    "nodes that no pool lists": { poolVersions: { unlisted: "There are others." } },
    "no pool": { poolVersions: { listed: [] } },
  },
});

test("out of all support weighs as much as the control, support of the platform alone is medium", () => {
  expect(assess(versionSupported, snapshot(running("1.31.9", "1.31.9")))).not.toHaveProperty("severity");
  expect(assess(versionSupported, snapshot(running("1.33.13", "1.33.13")))).toMatchObject({
    severity: "medium",
    reason: expect.stringContaining("platform"),
  });
  const both = assess(versionSupported, snapshot(running("1.33.13", "1.31.9")));
  expect(both).not.toHaveProperty("severity");
  expect(both.evidence).toHaveLength(2);
});

test("a failure names each offender, pools by their names, and says what judged", () => {
  const changes = { poolVersions: { listed: [{}, { pool: "legacy", ...set("1.31.9") }] } };
  const [offender, ...others] = assess(versionSupported, snapshot(changes)).evidence;
  expect(others).toEqual([]);
  expect(offender).toMatchObject({ pool: "legacy", observed: "1.31.9" });
  expect(offender?.expected).toContain("Azure offers 1.31 in westeurope with long-term support only");
  expect(offender?.expected).toContain("by the calendar checked on 2026-11-21");
});

test("a pass shows the control plane, each pool, and what was bought where that decides", () => {
  const paths = (changes: Changes) =>
    assess(versionSupported, snapshot(changes)).evidence.map(({ path }) => path);
  expect(paths({})).toEqual([
    "properties.currentKubernetesVersion",
    "properties.agentPoolProfiles[0].currentOrchestratorVersion",
    "properties.agentPoolProfiles[1].currentOrchestratorVersion",
  ]);
  expect(paths({ ...running("1.32.4", "1.32.4"), ...longTerm }).slice(-2)).toEqual([
    "properties.supportPlan",
    "sku.tier",
  ]);
});

test("what does not decide is quoted", () => {
  expect(assess(versionSupported, snapshot(running("1.38.0", "1.35.6"))).reason).toContain('"1.38.0"');
});

test("the evidence says why the calendar judged alone", () => {
  for (const changes of [
    unread,
    { ...unread, ...running("1.31.9", "1.31.9") },
    { ...unread, ...running("1.37.0", "1.37.0") },
  ]) {
    const { evidence } = assess(versionSupported, snapshot(changes));
    expect(evidence.at(-1)).toMatchObject({
      observed: null,
      expected: expect.stringContaining("Azure answered 403."),
    });
    expect(evidence[0]?.expected).toContain("by the calendar");
  }
});

function running(controlPlane: string, pool: string): Changes {
  return { controlPlaneVersion: { version: set(controlPlane) }, poolVersions: { listed: [set(pool)] } };
}
