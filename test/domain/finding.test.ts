import { describe, expect, test } from "vitest";
import { defineControl } from "../../src/domain/control.ts";
import { judge, unreadJudgement, withoutHistory } from "../../src/domain/finding.ts";
import type { Profile } from "../../src/domain/profile.ts";
import { partial, unavailable } from "../../src/domain/reading.ts";
import { fail, notApplicable, pass, unknown, type Verdict } from "../../src/domain/verdict.ts";
import { gap, snapshot, withReading } from "../support/snapshot.ts";

const evidence = { path: "properties.x", observed: 1, expected: 2 };

describe("judge", () => {
  test("keeps the profile's order and severities, and the controls' revisions", () => {
    const judgements = judge(profileOf(pass(), fail(evidence)), snapshot());
    expect(judgements).toEqual([
      { control: "nodes.control-0", revision: 1, severity: "low", verdict: pass() },
      { control: "nodes.control-1", revision: 2, severity: "low", verdict: fail(evidence) },
    ]);
  });

  test.each([pass(evidence), fail(evidence)])(
    "says of a stopped cluster's $kind that it is stopped",
    (verdict) => {
      const [judgement] = judge(profileOf(verdict), snapshot({ power: { isStopped: true } }));
      expect(judgement?.verdict).toMatchObject({ kind: verdict.kind, evidence: [evidence] });
      expect(judgement?.verdict.reason).toContain("stopped");
    },
  );

  test("adds it to the reason why a question does not arise", () => {
    const [judgement] = judge(profileOf(notApplicable("Moot.")), snapshot({ power: { isStopped: true } }));
    expect(judgement?.verdict.reason).toMatch(/^Moot\. .*stopped/);
  });

  test("leaves the reason of what is unknown, which quotes its gap word for word", () => {
    const [judgement] = judge(profileOf(unknown("Odd.")), snapshot({ power: { isStopped: true } }));
    expect(judgement?.verdict).toEqual(unknown("Odd."));
  });

  test("says nothing of power that was not read, or not wholly", () => {
    const readings = [unavailable<{ isStopped: boolean }>(gap()), partial({ isStopped: true }, gap())];
    for (const reading of readings) {
      const [judgement] = judge(profileOf(pass()), withReading(snapshot(), "power", reading));
      expect(judgement?.verdict.reason).toBeNull();
    }
  });
});

test("without history a finding has no place in time", () => {
  const judgements = judge(profileOf(pass()), snapshot());
  expect(withoutHistory(judgements)).toEqual(
    judgements.map((judgement) => ({ ...judgement, status: null, since: null, reopenedOn: null })),
  );
});

test("a judgement of what was not read is unknown", () => {
  const judgement = { control: "nodes.control-0", revision: 1, severity: "low" } as const;
  expect(unreadJudgement(judgement, "Refused.")).toEqual({ ...judgement, verdict: unknown("Refused.") });
  expect(unreadJudgement(judgement, "Refused.", [evidence]).verdict).toEqual(unknown("Refused.", evidence));
});

/** Controls that say these verdicts; the second one is in its second revision. */
function profileOf(...verdicts: readonly Verdict[]): Profile {
  const controls = verdicts.map((verdict, index) =>
    defineControl({
      id: `nodes.control-${index}`,
      title: `Control ${index}`,
      severity: "high",
      layer: "nodes",
      ...(index === 1 ? { revision: 2 } : {}),
      rationale: "It is so.",
      remediation: { summary: "Mend it.", commands: [] },
      references: { docs: "https://learn.microsoft.com/azure/aks" },
      needs: ["clock"],
      evaluate: () => verdict,
    }),
  );
  return { name: "test", controls: controls.map((control) => ({ control, severity: "low" })) };
}
