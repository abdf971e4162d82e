import { describe, expect, it } from "vitest";
import { fitFinding } from "../../../src/adapters/storage/fit-finding.ts";
import type { Evidence } from "../../../src/domain/verdict.ts";
import { exampleFinding } from "../../support/example-records.ts";

const most = 20_000;

function withEvidence(evidence: readonly Evidence[], reason: string | null = null) {
  return exampleFinding({ verdict: { kind: "fail", evidence, reason } });
}

describe("fitFinding", () => {
  it("leaves a finding that fits as it is", () => {
    const finding = exampleFinding();
    expect(fitFinding(finding, most)).toBe(finding);
  });

  it("cuts a long list of evidence and says how much is missing", () => {
    const evidence = Array.from({ length: 1000 }, (_, index) => ({
      path: `pool ${index}`,
      observed: true,
      expected: false,
    }));
    const { verdict } = fitFinding(withEvidence(evidence), most);
    expect(JSON.stringify(verdict).length).toBeLessThan(most);
    const kept = verdict.evidence.length - 1;
    expect(kept).toBeGreaterThan(100);
    expect(verdict.evidence.slice(0, -1)).toEqual(evidence.slice(0, kept));
    expect(verdict.evidence.at(-1)).toEqual({
      path: `pool ${kept}`,
      observed: `… and ${1000 - kept} more, not stored`,
      expected: null,
    });
  });

  it("shortens one piece of evidence that is too long by itself, and still shows it", () => {
    const ranges = Array.from({ length: 5000 }, (_, index) => `10.0.${index}.0/24`);
    const { verdict } = fitFinding(
      withEvidence([{ path: "ranges", observed: ranges, expected: "\u0000".repeat(90_000) }]),
      most,
    );
    expect(JSON.stringify(verdict).length).toBeLessThan(most);
    expect(verdict.evidence).toHaveLength(1);
    expect(verdict.evidence[0]?.observed).toContain("10.0.0.0/24");
    expect(JSON.stringify(verdict.evidence[0]?.observed)).toMatch(/and \d+ more, not stored"\]$/);
  });

  it("shortens a reason that is too long, also beside evidence", () => {
    const finding = withEvidence(
      [{ path: "p".repeat(50_000), observed: null, expected: null }],
      "r".repeat(50_000),
    );
    const { verdict } = fitFinding(finding, most);
    expect(JSON.stringify(verdict).length).toBeLessThan(most);
    expect(verdict.reason).toMatch(/^r+… and \d+ more characters, not stored$/);
    expect(verdict.evidence).toHaveLength(1);
  });
});
