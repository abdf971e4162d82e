import { describe, expect, test } from "vitest";
import {
  assess,
  type Control,
  controlsIn,
  type FactControl,
  groupsReadBy,
  type Shortcut,
} from "../../src/domain/control.ts";
import type { ClusterSnapshot, FactGroup, Facts } from "../../src/domain/facts.ts";
import { partial, type Reading, unavailable } from "../../src/domain/reading.ts";
import { unknown, type Verdict, type VerdictKind } from "../../src/domain/verdict.ts";
import { type Changes, gap, snapshot } from "./snapshot.ts";

/** What is changed about the hardened cluster, by the words for it. */
type Cases = Readonly<Record<string, Changes>>;

export interface ControlTable {
  readonly pass: Cases;
  readonly fail: Cases;
  /** Beside what follows from `needs` by itself. */
  readonly unknown?: Cases;
  readonly notApplicable?: Cases;
}

/** Runs a control's table, and what holds for every control whatever it judges. */
export function describeControl(control: Control, table: ControlTable): void {
  describe(control.id, () => {
    for (const kind of ["pass", "fail", "unknown", "notApplicable"] as const) {
      for (const [title, changes] of Object.entries(table[kind] ?? {})) {
        test(`${kind}: ${title}`, () => {
          expectSound(assess(control, snapshot(changes)), kind);
        });
      }
    }
    if ("parts" in control) describeUnreadParts(controlsIn(control).flatMap(groupsReadBy), control);
    else if (control.shortcut) describeTwoWays({ ...control, shortcut: control.shortcut }, table);
    else describeUnreadGroups(control.needs, control, table);
  });
}

/** Each way to a verdict holds without the other; what neither could read is unknown. */
function describeTwoWays(control: FactControl & { readonly shortcut: Shortcut }, table: ControlTable): void {
  const cases = Object.values({ ...table.pass, ...table.fail, ...table.notApplicable });
  const { shortcut, ...rest } = control;
  const sooner = { ...rest, needs: shortcut.needs, evaluate: orUndecided(shortcut.evaluate) };

  for (const group of groupsReadBy(control)) {
    test(`${group} unread decides nothing, and leaves the other way open`, () => {
      for (const changes of cases) {
        const blind = reread(snapshot(changes), group, () => unavailable(gap()));
        const ways = [assess(sooner, blind), assess(rest, blind)];
        const decided = ways.find(({ kind }) => kind !== "unknown");
        expectSound(assess(control, blind), decided?.kind ?? "unknown");
        if (decided === undefined) expect(assess(control, blind).reason).toContain(gap().detail);
      }
    });
  }

  test("unknown: nothing could be read", () => {
    for (const changes of cases) {
      const blind = groupsReadBy(control).reduce(
        (of, group) => reread(of, group, () => unavailable(gap())),
        snapshot(changes),
      );
      expectSound(assess(control, blind), "unknown");
    }
  });

  describe("by the shortcut alone", () => {
    describeUnreadGroups(shortcut.needs, sooner, decidedBy(sooner, table));
  });
  describe("by the rest alone", () => {
    describeUnreadGroups(rest.needs, rest, decidedBy(rest, table));
  });
}

function orUndecided(evaluate: Shortcut["evaluate"]): FactControl["evaluate"] {
  return (facts) => evaluate(facts) ?? unknown("It does not say.");
}

/** The cases of a table that one way alone comes to the same verdict on. */
function decidedBy(way: FactControl, table: ControlTable): ControlTable {
  const held = (kind: "pass" | "fail" | "notApplicable") =>
    Object.fromEntries(
      Object.entries(table[kind] ?? {}).filter(([, changes]) => assess(way, snapshot(changes)).kind === kind),
    );
  return { pass: held("pass"), fail: held("fail"), notApplicable: held("notApplicable") };
}

function describeUnreadGroups(groups: readonly FactGroup[], control: Control, table: ControlTable): void {
  for (const group of groups) {
    test(`unknown: ${group} could not be read`, () => {
      for (const changes of Object.values({ ...table.pass, ...table.fail })) {
        const verdict = assess(
          control,
          reread(snapshot(changes), group, () => unavailable(gap())),
        );
        expectSound(verdict, "unknown");
        expect(verdict.reason).toContain(gap().detail);
        expect(verdict.reason).toContain(gap().remedy);
      }
    });

    test(`${group} read in part fails but never passes`, () => {
      const readInPart = (changes: Changes) =>
        assess(
          control,
          reread(snapshot(changes), group, (value) => partial(value, gap())),
        );
      // What a precondition takes out of question stays so, whatever else was read.
      const moot = hasPrecondition(control) ? {} : table.notApplicable;
      for (const changes of Object.values({ ...table.pass, ...moot })) {
        expect(readInPart(changes)).toMatchObject({
          kind: "unknown",
          reason: expect.stringContaining(gap().detail),
        });
      }
      for (const changes of Object.values(table.fail)) expect(readInPart(changes).kind).toBe("fail");
    });
  }
}

/** Any one part that passes decides a combination, so only all of them unread leave it open. */
function describeUnreadParts(groups: readonly FactGroup[], control: Control): void {
  test("unknown: none of its parts could be read", () => {
    const unread = groups.reduce(
      (blind, group) => reread(blind, group, () => unavailable(gap())),
      snapshot(),
    );
    expectSound(assess(control, unread), "unknown");
  });
}

function hasPrecondition(control: Control): boolean {
  return "precondition" in control;
}

function expectSound(verdict: Verdict, kind: VerdictKind): void {
  expect(verdict).toMatchObject({ kind });
  if (kind === "pass" || kind === "fail") expect(verdict.evidence).not.toHaveLength(0);
  else expect(verdict.reason).toMatch(/\S/);
  for (const { path, expected } of verdict.evidence) {
    expect(path).toMatch(/\S/);
    expect(expected).not.toBeNull();
  }
}

function reread(
  of: ClusterSnapshot,
  group: FactGroup,
  read: (value: Facts[FactGroup]) => Reading<Facts[FactGroup]>,
): ClusterSnapshot {
  const reading = of.readings[group];
  if (reading === undefined || reading.state === "unavailable") return of;
  return { ...of, readings: { ...of.readings, [group]: read(reading.value) } };
}
