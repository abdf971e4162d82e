import { expect, test } from "vitest";
import { policyEngineOn } from "../../../src/controls/network/policy-engine-on.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const azure = { engine: set("azure"), dataplane: absent("azure") };
const windows = { windowsPools: { listed: ["win"] } };
const unread = { windowsPools: { unlisted: "properties.agentPoolProfiles is a string, not a list." } };

describeControl(policyEngineOn, {
  pass: {
    cilium: {},
    "cilium in another case": { networkPolicy: { engine: set("Cilium"), dataplane: set("Cilium") } },
    "the dataplane Cilium, which has its own engine": { networkPolicy: { engine: absent("none") } },
    calico: { networkPolicy: { engine: set("calico"), dataplane: absent("azure") } },
    "calico on kubenet": {
      networkPolicy: { engine: set("calico"), dataplane: absent("azure"), plugin: set("kubenet") },
    },
    "calico beside Windows pools": {
      networkPolicy: { engine: set("calico"), dataplane: absent("azure"), ...windows },
    },
    "calico beside pools that could not be read": {
      networkPolicy: { engine: set("calico"), dataplane: absent("azure"), ...unread },
    },
    "azure on Linux": { networkPolicy: azure },
    "azure while the plugin is not named": { networkPolicy: { ...azure, plugin: absent(null) } },
    "azure beside Windows pools on the last day of support": {
      networkPolicy: { ...azure, ...windows },
      clock: { asOf: "2026-09-29" },
    },
  },
  fail: {
    "none by name": { networkPolicy: { engine: set("none"), dataplane: set("azure") } },
    "none in another case": { networkPolicy: { engine: set("None"), dataplane: set("azure") } },
    "none by name on the dataplane Cilium": { networkPolicy: { engine: set("none") } },
    "none named": { networkPolicy: { engine: absent("none"), dataplane: absent("azure") } },
    "none named beside pools that could not be read": {
      networkPolicy: { engine: absent("none"), dataplane: absent("azure"), ...unread },
    },
    "azure beside Windows pools": { networkPolicy: { ...azure, ...windows } },
    "azure beside Windows pools on the day support ended": {
      networkPolicy: { ...azure, ...windows },
      clock: { asOf: "2026-09-30" },
    },
    "azure beside a Windows pool and one that could not be read": {
      networkPolicy: { ...azure, windowsPools: { listed: ["win"], unlisted: "One pool is a string." } },
    },
  },
  unknown: {
    "an engine that Azure may add": { networkPolicy: { engine: set("antrea") } },
    "a dataplane that Azure may add": { networkPolicy: { ...azure, dataplane: set("retina") } },
    "a dataplane that Azure may add, without an engine": {
      networkPolicy: { engine: absent("none"), dataplane: set("retina") },
    },
    "a plugin that Azure may add": { networkPolicy: { plugin: set("azure2") } },
    "a plugin of its own": {
      networkPolicy: { engine: absent("none"), dataplane: absent("azure"), plugin: set("none") },
    },
    "azure beside pools that could not be read": { networkPolicy: { ...azure, ...unread } },
  },
});

test("every Windows pool is named", () => {
  const networkPolicy = { ...azure, windowsPools: { listed: ["win1", "win2"] } };
  const { evidence } = assess(policyEngineOn, snapshot({ networkPolicy }));
  expect(evidence.map(({ pool }) => pool)).toEqual(["win1", "win2"]);
});

test("why a pool could not be read is told", () => {
  const { reason } = assess(policyEngineOn, snapshot({ networkPolicy: { ...azure, ...unread } }));
  expect(reason).toContain("properties.agentPoolProfiles is a string, not a list.");
});

test.each([
  ["a plugin of its own", { plugin: set("none") }, "a network plugin of its own"],
  ["a plugin that is not known", { plugin: set("azure2") }, '"azure2"'],
  ["a dataplane that is not known", { dataplane: set("retina") }, '"retina"'],
  ["an engine that is not known", { engine: set("antrea") }, '"antrea"'],
])("the reason speaks of %s", (_, networkPolicy, words) => {
  expect(assess(policyEngineOn, snapshot({ networkPolicy })).reason).toContain(words);
});
