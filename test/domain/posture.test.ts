import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judgement } from "../../src/domain/finding.ts";
import { addTallies, emptyTally, fleetScore, scoreOf, tallyOf } from "../../src/domain/posture.ts";
import { type Severity, severities } from "../../src/domain/severity.ts";
import { fail, notApplicable, pass, unknown, type VerdictKind } from "../../src/domain/verdict.ts";

const verdicts = {
  pass: pass(),
  fail: fail({ path: "properties.x", observed: 1, expected: 2 }),
  notApplicable: notApplicable("Moot."),
  unknown: unknown("Unread."),
};

describe("the score of a cluster", () => {
  test("weighs critical 10, high 5, medium 2, low 1", () => {
    const all = severities.map((severity) => of(severity, "pass"));
    expect(scoreOf(all)).toBe(100);
    expect(
      severities.map((lost) => scoreOf(all.map((one) => (one.severity === lost ? of(lost, "fail") : one)))),
    ).toEqual([44.4, 72.2, 88.9, 94.4]);
  });

  test("counts what is unknown as not passed", () => {
    expect(scoreOf([of("high", "pass"), of("high", "unknown")])).toBe(50);
  });

  test("leaves out what does not apply", () => {
    expect(scoreOf([of("high", "pass"), of("critical", "notApplicable")])).toBe(100);
  });

  test("is 0 when everything decided failed", () => {
    expect(scoreOf([of("low", "fail"), of("critical", "unknown")])).toBe(0);
  });

  test("is null when nothing was decided", () => {
    expect(scoreOf([])).toBeNull();
    expect(scoreOf([of("high", "unknown"), of("low", "notApplicable")])).toBeNull();
  });

  test("has one decimal", () => {
    expect(scoreOf([of("low", "pass"), of("medium", "fail")])).toBe(33.3);
  });
});

describe("a tally", () => {
  test("counts a cluster's verdicts, failures by severity", () => {
    const judgements = [
      of("critical", "fail"),
      of("high", "fail"),
      of("high", "fail"),
      of("low", "pass"),
      of("low", "unknown"),
      of("low", "notApplicable"),
    ];
    expect(tallyOf(33.3, judgements)).toEqual({
      clusters: 1,
      scored: 1,
      scoreTenths: 333,
      fail: { critical: 1, high: 2, medium: 0, low: 0 },
      pass: 1,
      unknown: 1,
      notApplicable: 1,
    });
  });

  test("counts a cluster without a score, but not in the mean", () => {
    const unread = tallyOf(null, [of("high", "unknown")]);
    expect(unread).toMatchObject({ clusters: 1, scored: 0, scoreTenths: 0, unknown: 1 });
    expect(fleetScore(addTallies(unread, tallyOf(80, [])))).toBe(80);
  });

  test("does not change the empty one it starts from", () => {
    tallyOf(0, [of("critical", "fail")]);
    expect(emptyTally.fail.critical).toBe(0);
  });

  test("adds up to the same in any order and grouping", () => {
    const clusters = fc.array(
      fc.tuple(fc.option(fc.integer({ min: 0, max: 1000 })), fc.array(anyJudgement())),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(clusters, fc.nat(), (fleet, at) => {
        const tallies = fleet.map(([tenths, judgements]) =>
          tallyOf(tenths === null ? null : tenths / 10, judgements),
        );
        const total = tallies.reduce(addTallies, emptyTally);
        const cut = at % tallies.length;
        const halves = [tallies.slice(cut), tallies.slice(0, cut)].map((half) =>
          half.reduceRight(addTallies, emptyTally),
        );
        expect(halves.reduce(addTallies, emptyTally)).toEqual(total);
        expect(total.clusters).toBe(fleet.length);
      }),
    );
  });
});

describe("the score of a fleet", () => {
  test("is the mean of its clusters', to one decimal", () => {
    const tally = [100, 50, 33.3].map((score) => tallyOf(score, [])).reduce(addTallies);
    expect(fleetScore(tally)).toBe(61.1);
  });

  test("is null without a scored cluster", () => {
    expect(fleetScore(emptyTally)).toBeNull();
    expect(fleetScore(tallyOf(null, []))).toBeNull();
  });
});

function of(severity: Severity, kind: VerdictKind): Judgement {
  return { control: "nodes.some", revision: 1, severity, verdict: verdicts[kind] };
}

function anyJudgement(): fc.Arbitrary<Judgement> {
  const kinds = ["pass", "fail", "unknown", "notApplicable"] as const;
  return fc
    .tuple(fc.constantFrom(...severities), fc.constantFrom(...kinds))
    .map(([severity, kind]) => of(severity, kind));
}
