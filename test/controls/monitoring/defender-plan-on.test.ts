import { expect, test } from "vitest";
import { defenderPlanOn } from "../../../src/controls/monitoring/defender-plan-on.ts";
import { assess, gapsOf } from "../../../src/domain/control.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { gap, hardenedCluster, set, snapshot, withReading } from "../../support/snapshot.ts";

describeControl(defenderPlanOn, {
  pass: {
    "the standard tier": {},
    "the standard tier in another case": { defenderPlan: { tier: set("standard") } },
    "Azure China while the plan was sold there": {
      placement: { location: "chinanorth3" },
      clock: { asOf: "2026-08-17" },
    },
  },
  fail: {
    "the free tier": { defenderPlan: { tier: set("Free") } },
    "Azure China without the plan while it was sold there": {
      placement: { location: "chinanorth3" },
      clock: { asOf: "2026-08-17" },
      defenderPlan: { tier: set("Free") },
    },
  },
  unknown: { "a tier that Azure may add": { defenderPlan: { tier: set("Premium") } } },
  notApplicable: {
    "Azure China on the day of retirement": {
      placement: { location: "chinanorth3" },
      clock: { asOf: "2026-08-18" },
    },
    "Azure China, spelt as people do": {
      placement: { location: "China East 2" },
      defenderPlan: { tier: set("Free") },
    },
  },
});

test("the evidence names the pricing that decided", () => {
  const pricingId = `${hardenedCluster.id}/providers/Microsoft.Security/pricings/Containers`;
  const verdict = assess(defenderPlanOn, snapshot({ defenderPlan: { tier: set("Free"), pricingId } }));
  expect(verdict.evidence).toEqual([{ path: pricingId, observed: "Free", expected: "Standard" }]);
});

test("an unknown tier is quoted", () => {
  expect(assess(defenderPlanOn, snapshot({ defenderPlan: { tier: set("Premium") } })).reason).toContain(
    '"Premium"',
  );
});

test("Azure China does not ask for what cannot be read there any more", () => {
  const inChina = snapshot({ placement: { location: "chinanorth3" }, clock: { asOf: "2026-11-21" } });
  const unread = withReading(inChina, "defenderPlan", unavailable(gap()));
  expect(assess(defenderPlanOn, unread).kind).toBe("notApplicable");
  expect(gapsOf(defenderPlanOn, unread)).toEqual([]);

  const nowhere = withReading(unread, "placement", unavailable(gap()));
  expect(assess(defenderPlanOn, nowhere).kind).toBe("unknown");
});
