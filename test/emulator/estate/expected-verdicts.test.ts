import { describe, expect, it } from "vitest";
import { nightOne, nightTwo } from "../../../src/emulator/estate/nights.ts";
import type { ListedWorld } from "../../../src/emulator/estate/world.ts";
import {
  type ExpectedStatus,
  type ExpectedVerdict,
  type HeadlineControl,
  headlineControls,
  statusesOnNightTwo,
  unjudgedOnNightTwo,
  verdictsOnNightOne,
  verdictsOnNightTwo,
} from "./expected-verdicts.ts";
import { visibleClustersOf } from "./reading-rows.ts";

const [first, second] = [nightOne(), nightTwo()];

describe("the expected verdicts", () => {
  it("speak of exactly the clusters that can be seen", () => {
    const seen = (world: ListedWorld) => visibleClustersOf(world).map(({ name }) => name);
    expect([...verdictsOnNightOne.keys()].sort()).toEqual(seen(first).sort());
    expect([...verdictsOnNightTwo.keys()].sort()).toEqual(seen(second).sort());
    expect(
      seen(first)
        .filter((name) => !seen(second).includes(name))
        .sort(),
    ).toEqual(Object.keys(unjudgedOnNightTwo).sort());
  });

  it("let every control pass, fail, not apply where it can and be unreadable somewhere", () => {
    const notApplicableTo = ["nodes.azure-linux-current", "monitoring.defender-plan-on"];
    for (const control of headlineControls) {
      const seen = new Set([...verdictsOnNightOne.values()].map((verdicts) => verdicts[control]));
      expect(seen).toEqual(
        new Set([
          ...["pass", "fail", "unknown"],
          ...(notApplicableTo.includes(control) ? ["notApplicable"] : []),
        ]),
      );
    }
  });

  it("make a fleet worth showing: neither hopeless nor perfect", () => {
    const weights = [10, 5, 10, 5, 5, 5, 10];
    const scores = [...verdictsOnNightOne.values()].map((verdicts) => {
      let passed = 0;
      let decided = 0;
      headlineControls.forEach((control, column) => {
        const weight = weights[column] ?? 0;
        if (verdicts[control] !== "notApplicable") decided += weight;
        if (verdicts[control] === "pass") passed += weight;
      });
      return (passed / decided) * 100;
    });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(75);
    expect(scores.filter((score) => score === 100).length).toBeGreaterThanOrEqual(6);
  });

  it("give each failure of the first night one status on the second, and each new failure `new`", () => {
    for (const [cluster, verdicts] of verdictsOnNightOne) {
      // Made again: its old self's failures have departed and its own are new, under one name.
      if (cluster === "aks-checkout-canary-neu-01") continue;
      for (const control of headlineControls) {
        const due = dueStatus(cluster, verdicts[control], verdictsOnNightTwo.get(cluster)?.[control]);
        expect(statusesOf(cluster, control), `${cluster} ${control}`).toEqual(due === null ? [] : [due]);
      }
    }
  });
});

function statusesOf(cluster: string, control: HeadlineControl): readonly string[] {
  return Object.entries(statusesOnNightTwo[cluster] ?? {})
    .filter(([, controls]) => controls.includes(control))
    .map(([status]) => status);
}

/** `after` is undefined for a cluster that was not judged on the second night. */
function dueStatus(
  cluster: string,
  before: ExpectedVerdict,
  after: ExpectedVerdict | undefined,
): ExpectedStatus | null {
  if (before !== "fail") return after === "fail" ? "new" : null;
  const fate = unjudgedOnNightTwo[cluster];
  if (fate === "deleted" || fate === "subscriptionDeleted") return "departed";
  if (after === undefined || after === "unknown") return "blinded";
  return after === "fail" ? "open" : "resolved";
}
