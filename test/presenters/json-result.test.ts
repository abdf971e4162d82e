import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import { addTallies, emptyTally, tallyOf } from "../../src/domain/posture.ts";
import { createClusterLines, joinJsonResult, presentResult } from "../../src/presenters/json-result.ts";
import { schemaFaults } from "../cli/result-schema.ts";
import { clusterOf, failed, findingsOf, gap, moot, passed, resultOf, undecided } from "./example-result.ts";

const accounts = "identity.local-accounts-disabled";
const mixed = resultOf(
  [
    clusterOf("aks-a", findingsOf(passed, { [accounts]: failed, "monitoring.defender-plan-on": undecided })),
    clusterOf("aks-b", findingsOf(undecided)),
    clusterOf("aks-c", findingsOf(moot)),
  ],
  { gaps: [gap] },
);

describe("the JSON result", () => {
  test("is valid by the published schema, empty or full", () => {
    expect(schemaFaults(presentResult(mixed, catalogue))).toEqual([]);
    expect(schemaFaults(presentResult(resultOf([]), catalogue))).toEqual([]);
  });

  test("is the same in pieces, one line for each cluster", () => {
    for (const result of [mixed, resultOf([])]) {
      const tally = result.clusters.reduce(
        (sum, { score, findings }) => addTallies(sum, tallyOf(score, findings)),
        emptyTally,
      );
      const lines = result.clusters.map(createClusterLines(catalogue));
      const text = [...joinJsonResult(result, tally, lines)].join("");
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(presentResult(result, catalogue))));
      expect(text.split("\n")).toHaveLength(result.clusters.length + 3);
    }
  });

  test("is incomplete with any gap", () => {
    expect(presentResult(mixed, catalogue).sweep.complete).toBe(false);
    expect(presentResult({ ...mixed, gaps: [] }, catalogue).sweep.complete).toBe(true);
  });

  test("counts failures by severity and unknowns, and takes the mean of the scores there are", () => {
    const { summary } = presentResult(mixed, catalogue);
    expect(summary).toEqual({
      clusters: 3,
      score: mixed.clusters[0]?.score,
      findings: { fail: { critical: 0, high: 1, medium: 0, low: 0 }, unknown: catalogue.length + 1 },
    });
  });

  test("carries the fix with real names for failures, and for nothing else", () => {
    const { findings = [] } = presentResult(mixed, catalogue).clusters[0] ?? {};
    const withFix = findings.filter((finding) => "remediation" in finding);
    expect(withFix).toMatchObject([
      {
        control: accounts,
        remediation: { commands: [expect.stringContaining("--name aks-a"), expect.anything()] },
      },
    ]);
  });

  test("tells when a failure came back, beside when it was first seen", () => {
    const [cluster] = mixed.clusters;
    if (!cluster) throw new Error("The example has a cluster.");
    const findings = cluster.findings.map((finding) =>
      finding.control === accounts
        ? { ...finding, status: "reopened" as const, since: "2026-10-01", reopenedOn: "2026-11-21" }
        : finding,
    );
    const presented = presentResult(resultOf([{ ...cluster, findings }]), catalogue);
    expect(schemaFaults(presented)).toEqual([]);
    expect(presented.clusters[0]?.findings[0]).toMatchObject({
      since: "2026-10-01",
      reopenedOn: "2026-11-21",
    });
  });
});

describe("the published schema", () => {
  const good = JSON.parse(JSON.stringify(presentResult(mixed, catalogue)));
  const first = good.clusters[0].findings[0];

  test.each<readonly [string, unknown]>([
    ["a property it does not know", { ...good, extra: 1 }],
    ["a missing part", { ...good, gaps: undefined }],
    ["a verdict it does not know", withFirst({ ...first, verdict: "maybe" })],
    ["a failure without evidence", withFirst({ ...first, evidence: [] })],
    ["a failure without a fix", withFirst({ ...first, remediation: undefined })],
    ["a fix for a pass", withFirst({ ...first, verdict: "pass" })],
    [
      "an unknown without a reason",
      withFirst({ ...first, verdict: "unknown", remediation: undefined, reason: null }),
    ],
    ["a score above 100", { ...good, summary: { ...good.summary, score: 101 } }],
    ["a gap of a reason it does not know", { ...good, gaps: [{ ...gap, reason: "bad" }] }],
  ])("refuses %s", (_, result) => {
    expect(schemaFaults(JSON.parse(JSON.stringify(result)))).not.toEqual([]);
  });

  function withFirst(finding: unknown) {
    const [cluster, ...clusters] = good.clusters;
    return {
      ...good,
      clusters: [{ ...cluster, findings: [finding, ...cluster.findings.slice(1)] }, ...clusters],
    };
  }
});
