import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assess,
  type Control,
  defineCombination,
  defineControl,
  type FactControl,
  gapsOf,
  groupsReadBy,
  type Part,
} from "../../src/domain/control.ts";
import { partial, unavailable } from "../../src/domain/reading.ts";
import {
  type Evidence,
  fail,
  notApplicable,
  pass,
  unknown,
  type Verdict,
  type VerdictKind,
} from "../../src/domain/verdict.ts";
import { gap, hardenedFacts, snapshot, withReading } from "../support/snapshot.ts";

const evidence: Evidence = { path: "properties.x", observed: 1, expected: 2 };
const other: Evidence = { path: "properties.y", observed: 3, expected: 4 };
const everyVerdict = [
  pass(evidence),
  fail(evidence),
  notApplicable("Moot.", evidence),
  unknown("Odd.", evidence),
];

describe("a control", () => {
  test.each(everyVerdict)("that says $kind of facts that were read is believed", (verdict) => {
    expect(assess(saying(verdict), snapshot())).toEqual(verdict);
  });

  test("sees the groups it needs and no other", () => {
    const handed: unknown[] = [];
    const control = defineControl({
      ...metadata,
      needs: ["clock", "power"],
      evaluate(facts) {
        handed.push(facts);
        return pass();
      },
    });
    assess(control, snapshot());
    expect(handed).toEqual([{ clock: hardenedFacts.clock, power: hardenedFacts.power }]);
  });

  test("is not asked when a group it needs is unread: the verdict is unknown, with reason and remedy", () => {
    const control = { ...saying(pass()), evaluate: () => expect.unreachable("asked without facts") };
    const blind = withReading(snapshot(), "power", unavailable(gap()));
    expect(assess(control, blind)).toEqual(unknown(`${gap().detail} ${gap().remedy}`));
  });

  test("says only what happened when nothing would mend the gap", () => {
    const blind = withReading(snapshot(), "power", unavailable(gap({ remedy: null })));
    expect(assess(saying(pass()), blind).reason).toBe(gap().detail);
  });

  test("does not mind a group it does not need", () => {
    const blind = withReading(snapshot(), "localAccounts", unavailable(gap()));
    expect(assess(saying(pass()), blind)).toEqual(pass());
  });

  describe("of facts read in part", () => {
    const inPart = withReading(snapshot(), "power", partial({ isStopped: false }, gap()));

    test("fails when what was read fails", () => {
      expect(assess(saying(fail(evidence)), inPart)).toEqual(fail(evidence));
    });

    test("gives its own reason for not deciding, and what was not read", () => {
      expect(assess(saying(unknown("Odd.")), inPart)).toEqual(
        unknown(`Odd. ${gap().detail} ${gap().remedy}`),
      );
    });

    test.each([pass(evidence), notApplicable("Moot.", evidence)])(
      "does not come out as $kind, and shows what was seen",
      (verdict) => {
        expect(assess(saying(verdict), inPart)).toEqual(unknown(`${gap().detail} ${gap().remedy}`, evidence));
      },
    );
  });
});

describe("a combination", () => {
  test("keeps the reasons of its failure", () => {
    const many = { ...fail(evidence), reason: "At least 500 offend." };
    expect(assess(combining(many, fail(other)), snapshot()).reason).toBe("At least 500 offend.");
  });

  test("fails when all parts fail, with the evidence of all", () => {
    expect(assess(combining(fail(evidence), fail(other)), snapshot())).toEqual(fail(evidence, other));
  });

  test.each(everyVerdict)("passes by one part that passes, whatever the other is: $kind", (verdict) => {
    expect(assess(combining(verdict, pass(other)), snapshot())).toMatchObject({ kind: "pass", reason: null });
    expect(assess(combining(pass(other), verdict), snapshot())).toMatchObject({ kind: "pass", reason: null });
  });

  test("passes with the evidence of the part that passed", () => {
    expect(assess(combining(fail(evidence), pass(other)), snapshot())).toEqual(pass(other));
  });

  test.each([fail(other), unknown("Odd.", other), notApplicable("Moot too.", other)])(
    "does not apply when a part does not and none passes: beside $kind",
    (verdict) => {
      expect(assess(combining(notApplicable("Moot.", evidence), verdict), snapshot())).toEqual(
        notApplicable("Moot.", evidence),
      );
    },
  );

  test("is unknown when one part fails and the other does not decide, and shows both", () => {
    expect(assess(combining(fail(evidence), unknown("Odd.", other)), snapshot())).toEqual(
      unknown("Odd.", evidence, other),
    );
  });

  test("is unknown when no part decides, with the first part's reason", () => {
    expect(assess(combining(unknown("Odd."), unknown("Odder.")), snapshot())).toEqual(unknown("Odd."));
  });

  test("passes although one part could not be read", () => {
    const blind = withReading(snapshot(), "power", unavailable(gap()));
    const readable = { ...saying(pass(other)), needs: ["clock"] } as const;
    expect(assess(combination([saying(pass()), readable]), blind)).toEqual(pass(other));
  });
});

describe("alternatives in a combination", () => {
  const alternatives = (...verdicts: readonly [Verdict, ...(readonly Verdict[])]) => {
    const [first, ...others] = verdicts;
    return combination([[saying(first), ...others.map(saying)], saying(fail(other))]);
  };

  test("fail when one does, with the evidence of those that fail", () => {
    expect(assess(alternatives(pass(evidence), fail(evidence)), snapshot())).toEqual(fail(evidence, other));
  });

  test("are unknown while one is, though others pass", () => {
    expect(assess(alternatives(pass(evidence), unknown("Odd.")), snapshot())).toEqual(
      unknown("Odd.", evidence, other),
    );
  });

  test("are judged once where the sweep has judged them", () => {
    const unasked = { ...saying(pass()), evaluate: () => expect.unreachable("asked again") };
    const judged = new Map([[unasked.id, fail(other)]]);
    expect(assess(combination([[unasked, unasked], unasked]), snapshot(), judged).kind).toBe("fail");
  });

  test("are judged anew where they are narrowed, since what was judged by their id is more", () => {
    const narrowed = { ...saying(pass()), narrowedTo: "this alone" };
    const judged = new Map([[narrowed.id, fail(other)]]);
    expect(assess(combination([narrowed]), snapshot(), judged).kind).toBe("pass");
  });

  const anyVerdict = fc.constantFrom(...everyVerdict);
  const anyPart = fc.array(anyVerdict, { minLength: 1, maxLength: 3 });

  test("come to what their definition says, for all verdicts there are", () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1, maxLength: 3 }), (parts) => {
        const made = combination(parts.map((verdicts) => partOf(verdicts.map(saying))));
        const kinds = parts.map((verdicts) => verdicts.map(({ kind }) => kind));
        expect(assess(made, snapshot()).kind).toBe(defined(kinds));
      }),
      { numRuns: 1_000 },
    );
  });

  test("never pass by what could not be decided", () => {
    fc.assert(
      fc.property(anyPart, (verdicts) => {
        const made = combination([partOf([...verdicts, unknown("Unread.")].map(saying))]);
        expect(["unknown", "fail"]).toContain(assess(made, snapshot()).kind);
      }),
    );
  });
});

function partOf([first, ...others]: readonly FactControl[]): Part {
  if (first === undefined) throw new Error("A part has at least one control.");
  return others.length === 0 ? first : [first, ...others];
}

/** The definition in plain words: a part fails by any of its alternatives, the whole by all of its parts. */
function defined(parts: readonly (readonly VerdictKind[])[]): VerdictKind {
  const kinds = parts.map((part) => {
    if (part.some((kind) => kind === "fail")) return "fail";
    if (part.some((kind) => kind === "unknown")) return "unknown";
    return part.every((kind) => kind === "notApplicable") ? "notApplicable" : "pass";
  });
  if (kinds.every((kind) => kind === "fail")) return "fail";
  const [decisive] = (["pass", "notApplicable", "unknown"] as const).filter((kind) => kinds.includes(kind));
  return decisive ?? "fail";
}

describe("a shortcut", () => {
  const sooner = (verdict: Verdict | null, later: Verdict = pass()): FactControl =>
    defineControl({
      ...metadata,
      shortcut: { needs: ["clock"], evaluate: () => verdict },
      needs: ["power"],
      evaluate: () => later,
    });
  const blind = (group: "clock" | "power", of = snapshot()) => withReading(of, group, unavailable(gap()));

  test("that does not decide keeps its command apart from the reason that follows", () => {
    const reasonAfter = (reason: string) =>
      assess(sooner(unknown(reason), unknown("Nobody asked.")), snapshot()).reason;
    expect(reasonAfter("Grant it: az x --scope /a/b")).toBe("Grant it: az x --scope /a/b - Nobody asked.");
    expect(reasonAfter("Nobody looked.")).toBe("Nobody looked. Nobody asked.");
  });

  test.each([pass(evidence), fail(evidence), notApplicable("Moot.", evidence)])(
    "decides when it comes to $kind, whatever else was read or not",
    (verdict) => {
      expect(assess(sooner(verdict, fail(other)), snapshot())).toEqual(verdict);
      expect(assess(sooner(verdict), blind("power"))).toEqual(verdict);
      expect(gapsOf(sooner(verdict), blind("power"))).toEqual([]);
    },
  );

  test.each([pass(evidence), fail(evidence), notApplicable("Moot.", evidence)])(
    "leaves it to the rest when it could not be read, or does not decide: $kind",
    (told) => {
      expect(assess(sooner(fail(other), told), blind("clock"))).toEqual(told);
      expect(assess(sooner(null, told), snapshot())).toEqual(told);
      expect(assess(sooner(unknown("Unseen."), told), snapshot())).toEqual(told);
    },
  );

  test("tells the reasons of both when neither decides, the same one once", () => {
    const verdict = sooner(unknown("Unseen.", other), unknown("Untold.", evidence));
    expect(assess(verdict, snapshot())).toEqual(unknown("Unseen. Untold.", other, evidence));
    expect(assess(sooner(unknown("Odd."), unknown("Odd.")), snapshot())).toEqual(unknown("Odd."));
    expect(assess(sooner(null, unknown("Untold.")), snapshot())).toEqual(unknown("Untold."));
  });

  test("is unknown when neither could be read, and both gaps stand in the way", () => {
    const neither = blind("clock", blind("power"));
    expect(assess(sooner(pass()), neither)).toEqual(unknown(`${gap().detail} ${gap().remedy}`));
    expect(gapsOf(sooner(pass()), neither)).toEqual([gap(), gap()]);
    expect(gapsOf(sooner(null), blind("power"))).toEqual([gap()]);
  });

  test("fails but does not pass when it was read in part", () => {
    const inPart = withReading(blind("power"), "clock", partial(hardenedFacts.clock, gap()));
    expect(assess(sooner(fail(other)), inPart)).toEqual(fail(other));
    expect(gapsOf(sooner(fail(other)), inPart)).toEqual([gap()]);
    expect(assess(sooner(pass(other)), inPart).kind).toBe("unknown");
  });
});

test("every group that a control may read is told once", () => {
  const precondition = { needs: ["power"] as const, evaluate: () => null };
  const shortcut = { needs: ["clock", "power"] as const, evaluate: () => null };
  expect(groupsReadBy({ ...saying(pass()), precondition, shortcut })).toEqual(["power", "clock"]);
});

describe("the gaps of a control", () => {
  const blind = withReading(
    withReading(snapshot(), "power", unavailable(gap())),
    "clock",
    partial(hardenedFacts.clock, gap({ detail: "Half." })),
  );

  test("are those of the groups it needs, unread or read in part", () => {
    const control = { ...saying(pass()), needs: ["power", "placement", "clock"] } as const;
    expect(gapsOf(control, blind)).toEqual([gap(), gap({ detail: "Half." })]);
    expect(gapsOf(control, snapshot())).toEqual([]);
  });

  test("come once for a combination whose parts need the same", () => {
    expect(gapsOf(combining(pass(), pass()), blind)).toEqual([gap()]);
  });
});

const metadata = {
  id: "network.hatches-sealed",
  title: "Hatches are sealed",
  severity: "medium",
  layer: "network",
  rationale: "Water comes in.",
  remediation: { summary: "Seal them.", commands: [] },
  references: { docs: "https://learn.microsoft.com/azure/hatches" },
} as const;

function saying(verdict: Verdict): FactControl {
  return defineControl({ ...metadata, needs: ["power"], evaluate: () => verdict });
}

function combining(...verdicts: readonly Verdict[]): Control {
  return combination(verdicts.map(saying));
}

function combination(parts: readonly Part[]): Control {
  return defineCombination({ ...metadata, parts });
}
