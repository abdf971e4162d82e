import { expect, test } from "vitest";
import { paidTierUsed } from "../../../src/controls/control-plane/paid-tier-used.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

describeControl(paidTierUsed, {
  pass: {
    "the standard tier": {},
    "the premium tier, which has the guarantee as well": tier("Premium"),
    "a tier in another case": tier("standard"),
  },
  fail: {
    "the free tier": tier("Free"),
    "the row does not say, so it is free": { tier: { tier: absent("Free") } },
  },
  unknown: { "a tier that Azure may add": tier("Ultimate") },
});

test("an unknown tier is quoted", () => {
  expect(assess(paidTierUsed, snapshot(tier("Ultimate"))).reason).toContain('"Ultimate"');
});

function tier(value: string): Changes {
  return { tier: { tier: set(value) } };
}
