import { describe, expect, it } from "vitest";
import { judgeWorkloads } from "../../src/controls/workload-scan.ts";
import { privilegedContainersAbsent } from "../../src/controls/workloads/privileged-containers-absent.ts";
import { assess, gapsOf } from "../../src/domain/control.ts";
import { type ClusterSnapshot, collected, unavailable } from "../../src/domain/facts.ts";
import type { WorkloadAnswer, WorkloadScan } from "../../src/domain/workloads.ts";
import { answerTo, askedPolicies, offending } from "../support/hardened-policies.ts";
import { gap, hardenedFacts, snapshot, withReading } from "../support/snapshot.ts";

const { privileged, rootFilesystem } = askedPolicies;
const { definition } = privileged;
const rule = { expected: "no privileged container", questions: [{ definition }] } as const;

function judge(answers: readonly WorkloadAnswer[], source: WorkloadScan["source"] = "Azure Policy") {
  return judgeWorkloads({ ...hardenedFacts, workloadScan: { source, answers } }, rule);
}

describe("the evidence of workloads", () => {
  it("names each offender once, and who saw it", () => {
    const verdict = judge([
      answerTo(privileged, { result: offending("a/Pod/x", "b/Pod/y") }),
      answerTo(privileged, { path: "/other", result: offending("a/Pod/x") }),
    ]);
    expect(verdict).toEqual({
      kind: "fail",
      reason: null,
      evidence: ["a/Pod/x", "b/Pod/y"].map((path) => ({
        path,
        observed: "named by Azure Policy",
        expected: "no privileged container",
      })),
    });
  });

  it("says that there may be more than are listed", () => {
    const names = Array.from({ length: 500 }, (_, index) => `a/Pod/${index}`);
    const verdict = judge([
      answerTo(privileged, { result: { state: "seen", offenders: names, isCutOff: true } }),
      answerTo(privileged, { path: "/other", result: { state: "seen", offenders: names, isCutOff: true } }),
    ]);
    expect(verdict.reason).toBe("At least 500 offend: Azure Policy lists no more of them.");
    expect(verdict.evidence).toHaveLength(500);
  });

  it("names the policy that asked where nothing offends", () => {
    expect(judge([answerTo(privileged)]).evidence).toEqual([
      {
        path: privileged.assignmentId,
        observed: "no offender named by Azure Policy",
        expected: "no privileged container",
      },
    ]);
  });

  it("names another source, which needs no add-on", () => {
    const facts = {
      policyAddon: { enabled: { path: "addon", observed: null, value: false } },
      workloadScan: { source: "the Kubernetes API", answers: [answerTo(privileged)] },
    } as const;
    expect(judgeWorkloads(facts, rule)).toMatchObject({
      kind: "pass",
      evidence: [{ observed: "no offender named by the Kubernetes API" }],
    });
  });
});

describe("a control that is judged by workloads", () => {
  const scanned = (changes: Partial<WorkloadScan>): ClusterSnapshot =>
    withReading(
      snapshot({ policyAddon: { enabled: { observed: null, value: false } } }),
      "workloadScan",
      collected({ source: "the Kubernetes API", answers: [answerTo(privileged)], ...changes }),
    );
  const withoutAddon = (of: ClusterSnapshot) => withReading(of, "policyAddon", unavailable(gap()));

  it.each([
    ["pass", offending()],
    ["fail", offending("a/Pod/x")],
  ])("needs no add-on for what we see ourselves: %s", (kind, result) => {
    const seen = scanned({ answers: [answerTo(privileged, { result })] });
    expect(assess(privilegedContainersAbsent, seen).kind).toBe(kind);
    expect(assess(privilegedContainersAbsent, withoutAddon(seen)).kind).toBe(kind);
    expect(gapsOf(privilegedContainersAbsent, withoutAddon(seen))).toEqual([]);
  });

  it("takes no report of Azure Policy whose add-on may be off", () => {
    const told = withoutAddon(scanned({ source: "Azure Policy" }));
    expect(assess(privilegedContainersAbsent, told)).toMatchObject({
      kind: "unknown",
      reason: expect.stringContaining(gap().detail),
    });
    expect(gapsOf(privilegedContainersAbsent, told)).toEqual([gap()]);
  });

  it("gives the one reason when neither could be read", () => {
    const blind = withReading(scanned({}), "workloadScan", unavailable(gap({ detail: "No report." })));
    expect(assess(privilegedContainersAbsent, withoutAddon(blind)).reason).toBe(`No report. ${gap().remedy}`);
  });

  it("says once what nobody looked at", () => {
    expect(assess(privilegedContainersAbsent, scanned({ answers: [] })).reason).toBe(
      "Nobody looked whether workloads have no privileged container.",
    );
  });

  it("tells of inspection where the add-on is off, and where no policy asks", () => {
    for (const source of [{ source: "Azure Policy" } as const, { answers: [] }]) {
      const { reason } = assess(privilegedContainersAbsent, scanned({ source: "Azure Policy", ...source }));
      expect(reason).toContain("inspection on");
    }
  });
});

describe("what is unknown", () => {
  it("says what would make it known", () => {
    expect(judge([answerTo(rootFilesystem)]).reason).toContain(definition);
    expect(judge([], "the Kubernetes API").reason).toBe(
      "Nobody looked whether workloads have no privileged container.",
    );
  });

  it("gives every reason once, and what may offend", () => {
    const unseen = { state: "unseen", reason: "Nobody reported." } as const;
    const verdict = judge([
      answerTo(privileged, { path: "/a", result: unseen }),
      answerTo(privileged, { path: "/a", result: unseen }),
      answerTo(privileged, { path: "/b", unreadable: ["namespaces"], result: offending("a/Pod/x") }),
    ]);
    expect(verdict).toMatchObject({ kind: "unknown", evidence: [{ path: "a/Pod/x" }] });
    expect(verdict.reason?.match(/Nobody reported/g)).toHaveLength(1);
    expect(verdict.reason).toContain("values of namespaces that cannot be told");
  });
});
