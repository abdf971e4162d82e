import { describe, expect, test } from "vitest";
import type { ClusterRef } from "../../src/domain/cluster.ts";
import {
  type ClusterRecord,
  type Comparison,
  compare,
  continuedRecord,
  depart,
  type Tonight,
} from "../../src/domain/drift.ts";
import type { Finding, Judgement } from "../../src/domain/finding.ts";
import { fail, notApplicable, pass, unknown, type VerdictKind } from "../../src/domain/verdict.ts";
import { hardenedCluster } from "../support/snapshot.ts";

const control = "nodes.public-ips-absent";
const verdicts = {
  pass: pass(),
  fail: fail({ path: "properties.x", observed: 1, expected: 2 }),
  notApplicable: notApplicable("Moot."),
  unknown: unknown("Unread."),
};

describe("a failure", () => {
  test("is new on the first night a cluster is seen", () => {
    const night = first("fail");
    expect(theOne(night)).toMatchObject({ status: "new", since: "2026-11-01", reopenedOn: null });
    expect(changesOf(night)).toEqual(["new"]);
  });

  test("is new when it passed the night before", () => {
    const night = nights("pass", "fail");
    expect(theOne(night)).toMatchObject({ status: "new", since: "2026-11-02", reopenedOn: null });
    expect(changesOf(night)).toEqual(["new"]);
  });

  test("is new when the night before could not tell", () => {
    expect(changesOf(nights("unknown", "fail"))).toEqual(["new"]);
  });

  test("stays open quietly and keeps its first day", () => {
    const night = nights("fail", "fail", "fail");
    expect(theOne(night)).toMatchObject({ status: "open", since: "2026-11-01" });
    expect(night.changes).toEqual([]);
  });

  test.each(["pass", "notApplicable"] as const)("is resolved by %s, once", (kind) => {
    const night = nights("fail", kind);
    expect(theOne(night)).toMatchObject({ status: "resolved", since: "2026-11-01" });
    expect(changesOf(night)).toEqual(["resolved"]);

    const after = next(night, kind, "2026-11-03");
    expect(theOne(after)).toMatchObject({ status: null, since: null, reopenedOn: null });
    expect(after.changes).toEqual([]);
  });

  test("that comes back is reopened and keeps its first day beside the new one", () => {
    const night = nights("fail", "pass", "fail");
    expect(theOne(night)).toMatchObject({
      status: "reopened",
      since: "2026-11-01",
      reopenedOn: "2026-11-03",
    });
    expect(changesOf(night)).toEqual(["reopened"]);

    const after = next(night, "fail", "2026-11-04");
    expect(theOne(after)).toMatchObject({ status: "open", since: "2026-11-01", reopenedOn: "2026-11-03" });
    expect(after.changes).toEqual([]);
  });

  test("that comes back a second time tells the last time it did", () => {
    expect(theOne(nights("fail", "pass", "fail", "pass", "fail"))).toMatchObject({
      status: "reopened",
      since: "2026-11-01",
      reopenedOn: "2026-11-05",
    });
  });

  test("that cannot be seen is blinded, told once, and never resolved", () => {
    const night = nights("fail", "unknown");
    expect(theOne(night)).toMatchObject({ status: "blinded", since: "2026-11-01" });
    expect(changesOf(night)).toEqual(["blinded"]);

    const after = next(night, "unknown", "2026-11-03");
    expect(theOne(after)).toMatchObject({ status: "blinded", since: "2026-11-01" });
    expect(after.changes).toEqual([]);
  });

  test("that is seen again after the dark was open all the time", () => {
    const night = nights("fail", "unknown", "fail");
    expect(theOne(night)).toMatchObject({ status: "open", since: "2026-11-01", reopenedOn: null });
    expect(night.changes).toEqual([]);
  });

  test("that is found mended after the dark is resolved", () => {
    expect(changesOf(nights("fail", "unknown", "pass"))).toEqual(["resolved"]);
  });

  test("that was resolved is not blinded by a dark night", () => {
    const night = nights("fail", "pass", "unknown");
    expect(theOne(night)).toMatchObject({ status: null, since: null });
    expect(night.changes).toEqual([]);
    expect(changesOf(next(night, "fail", "2026-11-04"))).toEqual(["reopened"]);
  });

  test("that never was makes no finding of what passes, is unread or does not apply", () => {
    for (const kind of ["pass", "unknown", "notApplicable"] as const) {
      const night = nights("pass", kind);
      expect(theOne(night).status).toBeNull();
      expect(night.changes).toEqual([]);
      expect(night.record.findings).toEqual({});
    }
  });
});

describe("what is remembered of a failure", () => {
  test("names the day its state was entered, not the last day it was seen", () => {
    expect(recordOf(nights("fail", "fail"))).toMatchObject({ state: "open", stateSince: "2026-11-01" });
    expect(recordOf(nights("fail", "fail", "pass", "pass"))).toMatchObject({
      state: "resolved",
      stateSince: "2026-11-03",
    });
    expect(recordOf(nights("fail", "unknown", "unknown"))).toMatchObject({
      state: "blinded",
      stateSince: "2026-11-02",
    });
    expect(recordOf(nights("fail", "unknown", "fail"))).toMatchObject({
      state: "open",
      stateSince: "2026-11-03",
    });
  });

  test("holds the digest of the evidence last seen, through the dark and after", () => {
    const night = first("fail", { digestEvidence: () => "first" });
    expect(recordOf(night)?.evidenceDigest).toBe("first");
    const changed = compare(night.record, tonight("fail", "2026-11-02", { digestEvidence: () => "second" }));
    expect(recordOf(changed)?.evidenceDigest).toBe("second");
    for (const kind of ["unknown", "pass"] as const) {
      const later = compare(changed.record, tonight(kind, "2026-11-03", { digestEvidence: () => "third" }));
      expect(recordOf(later)?.evidenceDigest).toBe("second");
    }
  });

  test("takes the severity of the profile of the day", () => {
    const judgements = [{ ...judgement("fail"), severity: "low" as const }];
    expect(
      recordOf(compare(first("fail").record, tonight("fail", "2026-11-02", { judgements })))?.severity,
    ).toBe("low");
  });

  test("is forgotten 400 days after it was resolved, not before", () => {
    const { record } = nights("fail", "pass");
    expect(recordOf(compare(record, tonight("pass", dayAfter("2026-11-02", 400))))).toBeDefined();
    expect(recordOf(compare(record, tonight("pass", dayAfter("2026-11-02", 401))))).toBeUndefined();
  });

  test("is never forgotten while it is open or blinded", () => {
    for (const { record } of [nights("fail", "fail"), nights("fail", "unknown")]) {
      expect(recordOf(compare(record, tonight("unknown", dayAfter("2026-11-02", 4000))))?.since).toBe(
        "2026-11-01",
      );
    }
  });

  test("stays for a control that the profile left out, while it is open; else for 400 days", () => {
    const without = (record: ClusterRecord, date: string) =>
      compare(record, tonight("pass", date, { judgements: [] }));
    expect(recordOf(without(first("fail").record, dayAfter("2026-11-01", 4000)))?.state).toBe("open");
    expect(recordOf(without(nights("fail", "pass").record, dayAfter("2026-11-02", 400)))?.state).toBe(
      "resolved",
    );
    expect(recordOf(without(nights("fail", "pass").record, dayAfter("2026-11-02", 401)))).toBeUndefined();
  });
});

describe("what is no drift", () => {
  test("a control that the profile adds: its failures are open at once and told to nobody", () => {
    const before = compare(null, tonight("fail", "2026-11-01", { judgements: [] })).record;
    const night = compare(before, tonight("fail", "2026-11-02"));
    expect(theOne(night)).toMatchObject({ status: "open", since: "2026-11-02", reopenedOn: null });
    expect(night.changes).toEqual([]);
    expect(recordOf(night)?.state).toBe("open");
  });

  test("a control that the profile takes back in: what it finds mended is resolved quietly", () => {
    const left = compare(first("fail").record, tonight("pass", "2026-11-02", { judgements: [] }));
    expect(left.changes).toEqual([]);
    const night = compare(left.record, tonight("pass", "2026-11-03"));
    expect(theOne(night).status).toBe("resolved");
    expect(night.changes).toEqual([]);
  });

  test("a control that means something else now: new failures and mended ones come quietly", () => {
    const revised = (kind: VerdictKind) => ({ judgements: [{ ...judgement(kind), revision: 2 }] });
    const failing = compare(first("pass").record, tonight("fail", "2026-11-02", revised("fail")));
    expect(theOne(failing).status).toBe("open");
    expect(failing.changes).toEqual([]);

    const mended = compare(first("fail").record, tonight("pass", "2026-11-02", revised("pass")));
    expect(theOne(mended).status).toBe("resolved");
    expect(mended.changes).toEqual([]);
  });

  test("a control that means something else now and fails again what was resolved", () => {
    const judgements = [{ ...judgement("fail"), revision: 2 }];
    const night = compare(nights("fail", "pass").record, tonight("fail", "2026-11-03", { judgements }));
    expect(theOne(night)).toMatchObject({ status: "open", since: "2026-11-01", reopenedOn: "2026-11-03" });
    expect(night.changes).toEqual([]);
  });

  test("a changed meaning is quiet for one night only", () => {
    const revised = (kind: VerdictKind) => ({ judgements: [{ ...judgement(kind), revision: 2 }] });
    const night = compare(first("pass").record, tonight("pass", "2026-11-02", revised("pass")));
    expect(changesOf(compare(night.record, tonight("fail", "2026-11-03", revised("fail"))))).toEqual(["new"]);
  });
});

describe("a comparison", () => {
  test("made again from the same night before is the same", () => {
    const { record } = nights("fail", "pass");
    expect(compare(record, tonight("fail", "2026-11-03"))).toEqual(
      compare(record, tonight("fail", "2026-11-03")),
    );
  });

  test("with itself changes nothing more", () => {
    for (const [kind, ...others] of [
      ["fail"],
      ["fail", "pass"],
      ["fail", "unknown"],
      ["fail", "pass", "fail"],
    ] as const) {
      const night = nights(kind, ...others);
      const again = next(night, others.at(-1) ?? kind, `2026-11-0${others.length + 1}`);
      expect(again.changes).toEqual([]);
      expect(again.record).toEqual(night.record);
    }
  });

  test("does not touch the record it was given", () => {
    const { record } = first("fail");
    const copy = structuredClone(record);
    compare(record, tonight("pass", "2026-11-02"));
    depart(record, "2026-11-02");
    expect(record).toEqual(copy);
  });

  test("places each control for itself, in the order of judgement", () => {
    const other = { ...judgement("pass"), control: "identity.local-accounts-disabled" };
    const before = compare(
      null,
      tonight("fail", "2026-11-01", { judgements: [other, judgement("fail")] }),
    ).record;
    const judgements = [{ ...other, verdict: verdicts.fail }, judgement("pass")];
    const night = compare(before, tonight("fail", "2026-11-02", { judgements }));
    expect(night.findings.map(({ control: id, status }) => [id, status])).toEqual([
      [other.control, "new"],
      [control, "resolved"],
    ]);
    expect(night.changes.map(({ cluster, finding }) => [cluster, finding])).toEqual(
      night.findings.map((finding) => [hardenedCluster, finding]),
    );
  });

  test("remembers what was judged, by which revision, and the score", () => {
    const { record } = first("pass", { score: 81.2 });
    expect(record).toEqual({
      cluster: hardenedCluster,
      presence: "present",
      score: 81.2,
      judged: { [control]: { verdict: "pass", revision: 1 } },
      findings: {},
    });
  });

  test("of a cluster that could not be read keeps its last score and says unseen", () => {
    const night = compare(
      first("fail", { score: 40 }).record,
      tonight("unknown", "2026-11-02", { isSeen: false, score: null }),
    );
    expect(night.record).toMatchObject({ presence: "unseen", score: 40 });
    expect(changesOf(night)).toEqual(["blinded"]);
  });

  test("of a cluster never seen that could not be read has no score", () => {
    expect(compare(null, tonight("unknown", "2026-11-01", { isSeen: false })).record.score).toBeNull();
  });
});

describe("a cluster that is gone by ARM's own word", () => {
  test.each([
    ["open", nights("fail")],
    ["blinded", nights("fail", "unknown")],
  ] as const)("takes what was %s with it", (_, { record }) => {
    const gone = depart(record, "2026-11-03");
    expect(gone.findings).toMatchObject([
      {
        control,
        revision: 1,
        severity: "high",
        status: "departed",
        since: "2026-11-01",
        verdict: { kind: "notApplicable" },
      },
    ]);
    expect(gone.changes).toMatchObject([{ status: "departed", cluster: hardenedCluster }]);
    expect(gone.record.presence).toBe("departed");
    expect(recordOf(gone)).toMatchObject({ state: "departed", stateSince: "2026-11-03" });
  });

  test("departs once", () => {
    const { record } = depart(first("fail").record, "2026-11-02");
    expect(depart(record, "2026-11-03")).toEqual({ record, findings: [], changes: [] });
  });

  test("leaves resolved failures resolved", () => {
    const gone = depart(nights("fail", "pass").record, "2026-11-03");
    expect(gone.changes).toEqual([]);
    expect(recordOf(gone)?.state).toBe("resolved");
  });

  test("departs with failures of controls that are no longer judged", () => {
    const left = compare(first("fail").record, tonight("pass", "2026-11-02", { judgements: [] }));
    expect(depart(left.record, "2026-11-03").findings).toMatchObject([
      { control, revision: 1, status: "departed" },
    ]);
  });

  test("and comes back has its failures reopened", () => {
    const night = compare(depart(first("fail").record, "2026-11-02").record, tonight("fail", "2026-11-03"));
    expect(theOne(night)).toMatchObject({
      status: "reopened",
      since: "2026-11-01",
      reopenedOn: "2026-11-03",
    });
    expect(night.record.presence).toBe("present");
  });
});

describe("the record that a cluster continues", () => {
  const record = recordWith({});
  const departed = { ...record, presence: "departed" } as const;

  test("is that of the same incarnation, whatever the case of its id", () => {
    expect(continuedRecord([record], { ...hardenedCluster, id: hardenedCluster.id.toUpperCase() })).toBe(
      record,
    );
    expect(continuedRecord([departed], hardenedCluster)).toBe(departed);
  });

  test("is none for a cluster made again under the same name", () => {
    expect(continuedRecord([record], { ...hardenedCluster, resourceUid: "another" })).toBeNull();
  });

  test("is the one that is alive when the row does not name its incarnation", () => {
    const older = { ...recordWith({ resourceUid: "older" }), presence: "departed" } as const;
    expect(continuedRecord([older, record], { ...hardenedCluster, resourceUid: null })).toBe(record);
  });

  test("is none when the row does not name its incarnation and several or none are alive", () => {
    const nameless = { ...hardenedCluster, resourceUid: null };
    expect(continuedRecord([record, recordWith({ resourceUid: "second" })], nameless)).toBeNull();
    expect(continuedRecord([departed], nameless)).toBeNull();
    expect(continuedRecord([], nameless)).toBeNull();
  });

  test("is not that of another cluster", () => {
    expect(continuedRecord([recordWith({ id: `${hardenedCluster.id}-2` })], hardenedCluster)).toBeNull();
  });

  function recordWith(changes: Partial<ClusterRef>): ClusterRecord {
    return { ...first("fail").record, cluster: { ...hardenedCluster, ...changes } };
  }
});

function judgement(kind: VerdictKind): Judgement {
  return { control, revision: 1, severity: "high", verdict: verdicts[kind] };
}

function tonight(kind: VerdictKind, date: string, changes: Partial<Tonight> = {}): Tonight {
  return {
    cluster: hardenedCluster,
    score: 50,
    judgements: [judgement(kind)],
    isSeen: true,
    date,
    digestEvidence: ({ verdict }) => verdict.kind,
    ...changes,
  };
}

function first(kind: VerdictKind, changes: Partial<Tonight> = {}): Comparison {
  return compare(null, tonight(kind, "2026-11-01", changes));
}

function next({ record }: Comparison, kind: VerdictKind, date: string): Comparison {
  return compare(record, tonight(kind, date));
}

/** The last of successive nights, the first of them 1 November. */
function nights(kind: VerdictKind, ...others: readonly VerdictKind[]): Comparison {
  return others.reduce((night, other, index) => next(night, other, `2026-11-0${index + 2}`), first(kind));
}

function theOne({ findings }: Comparison): Finding {
  const [finding] = findings;
  if (finding === undefined) throw new Error("No finding.");
  return finding;
}

function recordOf({ record }: Comparison): ClusterRecord["findings"][string] | undefined {
  return record.findings[control];
}

function changesOf({ changes }: Comparison): readonly string[] {
  return changes.map(({ status }) => status);
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
