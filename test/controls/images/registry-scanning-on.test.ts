import { expect, test } from "vitest";
import { registryScanningOn } from "../../../src/controls/images/registry-scanning-on.ts";
import { assess, gapsOf } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { gap, hardenedFacts, snapshot, withReading } from "../../support/snapshot.ts";

const [containers, posture] = hardenedFacts.defenderPricings;
const registries = (isEnabled: string | null) => [
  { name: "ContainerRegistriesVulnerabilityAssessments", isEnabled },
];

/** Both plans of the subscription: what their tiers are, and what they say of registries. */
function plans(
  [tier, isEnabled]: readonly [string, string | null],
  [postureTier, postureIsEnabled]: readonly [string, string | null] = ["Free", null],
) {
  return {
    defenderPricings: [
      { tier, extensions: registries(isEnabled) },
      { ...posture, tier: postureTier, extensions: registries(postureIsEnabled) },
    ],
  };
}

const inChina = { placement: { location: "chinanorth3" }, clock: { asOf: "2026-08-18" } };

describeControl(registryScanningOn, {
  pass: {
    "on in the plan for containers": {},
    "on in the plan for posture alone": plans(["Free", null], ["Standard", "True"]),
    "on in another case": plans(["standard", "true"]),
    "on for posture, whatever the other says": plans(["Premium", "Perhaps"], ["Standard", "True"]),
    "Azure China while it was sold there": { ...inChina, clock: { asOf: "2026-08-17" } },
  },
  fail: {
    "off in both": plans(["Standard", "False"], ["Standard", "False"]),
    "not to be found in a plan that is on": {
      defenderPricings: [{ extensions: [] }, { ...posture }],
    },
    "on in a plan that is off": plans(["Free", "True"], ["Free", "True"]),
    "on in the cluster's own pricing, which scans no registry": {
      defenderPricings: [
        { extensions: registries("False") },
        { ...posture },
        { ...containers, isOwn: true, extensions: registries("True") },
      ],
    },
  },
  unknown: {
    "a tier that Azure may add": plans(["Premium", "True"]),
    "a state that Azure may add": plans(["Standard", "Preview"]),
  },
  notApplicable: { "Azure China since": inChina },
});

test("both plans are shown where neither scans", () => {
  const { evidence } = assess(registryScanningOn, snapshot(plans(["Standard", "False"])));
  expect(evidence).toEqual([
    {
      path: `${containers?.path}#ContainerRegistriesVulnerabilityAssessments`,
      observed: "False",
      expected: "True",
    },
    {
      path: `${posture?.path}#ContainerRegistriesVulnerabilityAssessments`,
      observed: "Free",
      expected: "True",
    },
  ]);
});

test("what is not known is quoted", () => {
  expect(assess(registryScanningOn, snapshot(plans(["Premium", "True"]))).reason).toContain('"Premium"');
});

test("Azure China does not ask for what cannot be read there any more", () => {
  const unread = withReading(snapshot(inChina), "defenderPricings", unavailable(gap()));
  expect(assess(registryScanningOn, unread).kind).toBe("notApplicable");
  expect(gapsOf(registryScanningOn, unread)).toEqual([]);
});
