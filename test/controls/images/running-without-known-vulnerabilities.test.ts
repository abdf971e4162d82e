import { expect, test } from "vitest";
import { runningWithoutKnownVulnerabilities } from "../../../src/controls/images/running-without-known-vulnerabilities.ts";
import { assess, gapsOf } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, gap, hardenedFacts, set, snapshot, withReading } from "../../support/snapshot.ts";

const [containers, posture] = hardenedFacts.defenderPricings;
const names = ["AgentlessDiscoveryForKubernetes", "AgentlessVmScanning"] as const;

function extensions(...on: readonly string[]) {
  return names.map((name) => ({ name, isEnabled: on.includes(name) ? "True" : "False" }));
}

const openssl = {
  path: "/assessments/openssl",
  software: "openssl",
  severity: "Critical",
  cves: ["CVE-2026-0001", "CVE-2026-0002"],
};
const busybox = { path: "/assessments/busybox", software: "busybox", severity: "high", cves: [] };

const found = { imageVulnerabilities: { counts: { high: 2, Critical: 1 }, worst: [openssl, busybox] } };
const planOff = { defenderPricings: [{ tier: "Free", extensions: [] }, { ...posture }] };
const sensorOff = { defenderSensor: { enabled: set(false) } };
const inChina = { placement: { location: "chinaeast2" }, clock: { asOf: "2026-08-18" } };

describeControl(runningWithoutKnownVulnerabilities, {
  pass: {
    "nothing open, and all that runs is scanned": {},
    "nothing open, without the sensor": sensorOff,
    "nothing open, with the sensor for discovery": {
      defenderPricings: [{ extensions: extensions("AgentlessVmScanning") }, { ...posture }],
    },
    "nothing open, scanned by the plan for posture alone": {
      defenderPricings: [
        { tier: "Free", extensions: [] },
        { ...posture, tier: "Standard", extensions: extensions(...names) },
      ],
    },
    "nothing open, scanned by the cluster's own plan": {
      defenderPricings: [
        { tier: "Free", extensions: [] },
        { ...posture },
        { ...containers, isOwn: true, tier: "Standard", extensions: extensions(...names) },
      ],
    },
  },
  fail: {
    "critical and high findings": found,
    "one of them, in another case": { imageVulnerabilities: { counts: { HIGH: 1 }, worst: [busybox] } },
    "findings beside some of another severity": {
      imageVulnerabilities: { counts: { Novel: 4, High: 1 }, worst: [busybox] },
    },
    "findings, though the plan is off by now": { ...planOff, ...found },
    "findings on a pool that is scanned, beside one that is not": {
      ...found,
      osDisks: { listed: [{}, { type: set("Ephemeral") }] },
    },
    "findings in Azure China while it was sold there": {
      ...inChina,
      clock: { asOf: "2026-08-17" },
      ...found,
    },
  },
  unknown: {
    "no findings, and no plan that scans": planOff,
    "no findings, and a tier that Azure may add": { defenderPricings: [{ tier: "Premium" }, { ...posture }] },
    "no findings, and the cluster's own plan off": {
      defenderPricings: [{}, { ...posture }, { ...containers, isOwn: true, tier: "Free", extensions: [] }],
    },
    "no findings, and only images of registries scanned": {
      defenderPricings: [{ extensions: extensions("AgentlessDiscoveryForKubernetes") }, { ...posture }],
    },
    "no findings, and nobody who knows what runs": {
      ...sensorOff,
      defenderPricings: [{ extensions: extensions("AgentlessVmScanning") }, { ...posture }],
    },
    "no findings, and no word of Defender on the cluster": { imageVulnerabilities: { isAssessed: false } },
    "no findings, and some that might be anybody's": { imageVulnerabilities: { unplaced: 2 } },
    "findings of a severity that Azure may add": {
      imageVulnerabilities: { counts: { Novel: 1 }, worst: [{ ...busybox, severity: "Novel" }] },
    },
    "no findings, and one pool on ephemeral disks": {
      osDisks: { listed: [{}, { type: set("Ephemeral") }] },
    },
    "no findings, and one pool on disks of a kind that is not told": {
      osDisks: { listed: [{}, { type: absent(null) }] },
    },
    "no findings, and one pool on Windows": { osDisks: { listed: [{}, { osType: "Windows" }] } },
    "no findings, and nodes that no pool lists": {
      osDisks: { unlisted: "Node auto-provisioning makes nodes that no pool lists." },
    },
  },
  notApplicable: { "Azure China since": inChina },
});

test("the evidence counts what is open and names the worst CVEs", () => {
  expect(assess(runningWithoutKnownVulnerabilities, snapshot(found)).evidence).toEqual([
    {
      path: "providers/Microsoft.Security/assessments",
      observed: "1 Critical, 2 high",
      expected: "no open finding, critical or high",
    },
    {
      path: "/assessments/openssl",
      observed: "openssl (CVE-2026-0001, CVE-2026-0002)",
      expected: "updated",
    },
    { path: "/assessments/busybox", observed: "busybox", expected: "updated" },
  ]);
});

test("what passes shows that it is scanned, and how it is known what runs", () => {
  expect(assess(runningWithoutKnownVulnerabilities, snapshot(sensorOff)).evidence).toEqual([
    {
      path: "providers/Microsoft.Security/assessments",
      observed: "none",
      expected: "no open finding, critical or high",
    },
    { path: `${containers?.path}#AgentlessVmScanning`, observed: "True", expected: "True" },
    { path: `${containers?.path}#AgentlessDiscoveryForKubernetes`, observed: "True", expected: "True" },
  ]);
});

test.each([
  ["the plans", planOff, "neither the Defender plan Containers nor CloudPosture"],
  ["the pools", { osDisks: { listed: [{}, { osType: "Windows" }] } }, "pools apps"],
  [
    "the role",
    { imageVulnerabilities: { isAssessed: false } },
    "the role Security Reader on the subscription",
  ],
])("what keeps it from being known is named: %s", (_, changes, words) => {
  expect(assess(runningWithoutKnownVulnerabilities, snapshot(changes)).reason).toContain(words);
});

test("Azure China does not ask for what cannot be read there any more", () => {
  const unread = withReading(snapshot(inChina), "imageVulnerabilities", unavailable(gap()));
  expect(assess(runningWithoutKnownVulnerabilities, unread).kind).toBe("notApplicable");
  expect(gapsOf(runningWithoutKnownVulnerabilities, unread)).toEqual([]);
});
