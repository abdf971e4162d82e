import { describe, expect, it } from "vitest";
import { judgeReports } from "../../src/controls/workload-scan.ts";
import { privilegedContainersAbsent } from "../../src/controls/workloads/privileged-containers-absent.ts";
import { assess, gapsOf } from "../../src/domain/control.ts";
import type { ClusterSnapshot } from "../../src/domain/facts.ts";
import { collected, partial, unavailable } from "../../src/domain/reading.ts";
import type { WorkloadAnswer } from "../../src/domain/workloads.ts";
import { answerTo, askedPolicies, offending } from "../support/hardened-policies.ts";
import { gap, hardenedFacts, inspected, snapshot, withReading } from "../support/snapshot.ts";

const { privileged, rootFilesystem } = askedPolicies;
const { definition } = privileged;
const rule = { expected: "no privileged container", questions: [{ definition }] } as const;

function judge(answers: readonly WorkloadAnswer[]) {
  return judgeReports({ ...hardenedFacts, workloadScan: { answers } }, [rule]);
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
});

describe("a control that is judged by workloads", () => {
  const addonOff = snapshot({ policyAddon: { enabled: { observed: null, value: false } } });
  const lookedInto = (of: ClusterSnapshot, ...answers: readonly WorkloadAnswer[]) =>
    withReading(of, "inspectedWorkloads", collected(inspected({ answers, workloads: 1 })));
  const verdictOn = (of: ClusterSnapshot) => assess(privilegedContainersAbsent, of);
  const blind = <G extends "policyAddon" | "workloadScan" | "inspectedWorkloads">(
    of: ClusterSnapshot,
    group: G,
  ) => withReading(of, group, unavailable(gap({ detail: `No ${group}.` })));

  it.each([
    ["pass", offending()],
    ["fail", offending("a/Pod/x")],
  ])("needs no add-on, nor Azure Policy's reports, for what we see ourselves: %s", (kind, result) => {
    const seen = blind(
      blind(lookedInto(addonOff, answerTo(privileged, { path: "/api/v1/pods", result })), "policyAddon"),
      "workloadScan",
    );
    expect(verdictOn(seen)).toMatchObject({
      kind,
      evidence: [{ observed: expect.stringContaining("the Kubernetes API") }],
    });
    expect(gapsOf(privilegedContainersAbsent, seen)).toEqual([]);
  });

  it("goes by the reports of Azure Policy where nobody could look, and tells of it", () => {
    const unseen = blind(snapshot(), "inspectedWorkloads");
    expect(verdictOn(unseen).kind).toBe("pass");
    expect(gapsOf(privilegedContainersAbsent, unseen)).toHaveLength(1);
  });

  it("goes by the reports of Azure Policy for what was not looked for", () => {
    expect(verdictOn(lookedInto(snapshot())).kind).toBe("pass");
  });

  it("does not arise where no pod runs, whatever Azure Policy says", () => {
    const empty = inspected({ answers: [answerTo(privileged, { result: offending() })], workloads: 0 });
    expect(verdictOn(withReading(snapshot(), "inspectedWorkloads", collected(empty))).kind).toBe(
      "notApplicable",
    );
  });

  it("does not pass by half a look, and fails by it", () => {
    const half = (result: WorkloadAnswer["result"], workloads = 1) =>
      withReading(
        blind(snapshot(), "workloadScan"),
        "inspectedWorkloads",
        partial(inspected({ answers: [answerTo(privileged, { result })], workloads }), gap()),
      );
    expect(verdictOn(half(offending())).kind).toBe("unknown");
    expect(verdictOn(half(offending("a/Pod/x"))).kind).toBe("fail");
    expect(verdictOn(half(offending(), 0)).kind).toBe("unknown");
  });

  it("takes no report of Azure Policy whose add-on may be off", () => {
    const told = blind(snapshot(), "policyAddon");
    expect(verdictOn(told)).toMatchObject({
      kind: "unknown",
      reason: expect.stringContaining("No policyAddon."),
    });
    expect(gapsOf(privilegedContainersAbsent, told)).toHaveLength(1);
  });

  it("gives both reasons when neither could be read", () => {
    const { reason } = verdictOn(blind(blind(snapshot(), "workloadScan"), "inspectedWorkloads"));
    expect(reason).toContain("No inspectedWorkloads.");
    expect(reason).toContain("No workloadScan.");
  });

  it("tells of inspection where the add-on is off, and where no policy asks", () => {
    for (const of of [addonOff, withReading(snapshot(), "workloadScan", collected({ answers: [] }))])
      expect(verdictOn(of).reason).toContain("Inspection is off.");
  });
});

describe("what is unknown", () => {
  it("says what would make it known", () => {
    expect(judge([answerTo(rootFilesystem)]).reason).toContain(definition);
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
