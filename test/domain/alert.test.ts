import { describe, expect, test } from "vitest";
import { type AlertEntry, composeAlert, createWorstEntries } from "../../src/domain/alert.ts";
import { emptyTally } from "../../src/domain/posture.ts";
import { noChanges, type Sweep } from "../../src/domain/sweep.ts";
import { gap } from "../support/snapshot.ts";

describe("an alert", () => {
  test("is not made when nothing changed", () => {
    expect(
      composeAlert({ sweep: sweepWith(), isFirst: false, previous: sweepWith(), told: noChanges, worst: [] }),
    ).toBeNull();
  });

  test("of the first night is a baseline, made even when nothing is wrong", () => {
    expect(
      composeAlert({ sweep: sweepWith(), isFirst: true, previous: null, told: noChanges, worst: [] }),
    ).toMatchObject({
      kind: "baseline",
      entries: [],
    });
  });

  test("of the first night names the worst five and counts the rest", () => {
    const worst = Array.from({ length: 9 }, (_, index) => entry({ clusterName: `aks-${index}` }));
    const alert = composeAlert({ sweep: sweepWith(), isFirst: true, previous: null, told: noChanges, worst });
    expect(alert?.entries).toEqual(worst.slice(0, 5));
  });

  test("of a later night tells the drift", () => {
    const worst = [entry()];
    const sweep = sweepWith({
      tally: {
        ...emptyTally,
        clusters: 3,
        scored: 2,
        scoreTenths: 1500,
        fail: { ...emptyTally.fail, high: 4 },
        unknown: 2,
      },
      changes: { ...noChanges, new: 1 },
    });
    expect(
      composeAlert({ sweep, isFirst: false, previous: sweepWith(), told: { ...noChanges, new: 1 }, worst }),
    ).toEqual({
      sweepId: sweep.id,
      kind: "drift",
      startedAt: sweep.startedAt,
      profile: "default",
      isComplete: true,
      clusters: 3,
      score: 75,
      fail: { critical: 0, high: 4, medium: 0, low: 0 },
      unknown: 2,
      changes: { ...noChanges, new: 1 },
      entries: worst,
      gaps: [],
      freshGapCount: 0,
      gapCount: 0,
    });
  });

  test("carries no more than forty entries and ten gaps, and the number of all gaps", () => {
    const worst = Array.from({ length: 60 }, () => entry());
    const gaps = Array.from({ length: 15 }, (_, index) => gap({ scope: `/subscriptions/${index}` }));
    const alert = composeAlert({
      sweep: sweepWith({ gaps }),
      isFirst: false,
      previous: sweepWith(),
      told: noChanges,
      worst,
    });
    expect(alert?.entries).toHaveLength(40);
    expect(alert?.gaps).toHaveLength(10);
    expect(alert?.freshGapCount).toBe(15);
    expect(alert?.gapCount).toBe(15);
  });

  test("is made for a new gap alone", () => {
    const alert = composeAlert({
      sweep: sweepWith({ gaps: [gap()] }),
      isFirst: false,
      previous: sweepWith(),
      told: noChanges,
      worst: [],
    });
    expect(alert).toMatchObject({
      kind: "drift",
      isComplete: false,
      entries: [],
      gaps: [gap()],
      gapCount: 1,
    });
  });

  test("is not made for the gap of last night again", () => {
    const again = gap({ scope: gap().scope.toUpperCase(), remedy: null });
    expect(
      composeAlert({
        sweep: sweepWith({ gaps: [again] }),
        isFirst: false,
        previous: sweepWith({ gaps: [gap()] }),
        told: noChanges,
        worst: [],
      }),
    ).toBeNull();
  });

  test("lists the new gap, not last night's, and counts both", () => {
    const fresh = gap({ scope: "/subscriptions/new" });
    const alert = composeAlert({
      sweep: sweepWith({ gaps: [gap(), fresh] }),
      isFirst: false,
      previous: sweepWith({ gaps: [gap()] }),
      told: noChanges,
      worst: [],
    });
    expect(alert).toMatchObject({ gaps: [fresh], freshGapCount: 1, gapCount: 2 });
  });
});

describe("the worst entries", () => {
  test("come worst first: failures before good news, by severity, then by what happened, then by name", () => {
    const inOrder = [
      entry({ severity: "critical", status: "blinded" }),
      entry({ severity: "high", status: "new", clusterName: "aks-a", control: "nodes.a" }),
      entry({ severity: "high", status: "new", clusterName: "aks-a", control: "nodes.b" }),
      entry({ severity: "high", status: "new", clusterName: "aks-b", control: "nodes.a" }),
      entry({ severity: "high", status: "reopened" }),
      entry({ severity: "high", status: "blinded" }),
      entry({ severity: "low", status: "new" }),
      entry({ severity: "critical", status: "resolved" }),
      entry({ severity: "critical", status: "departed" }),
      entry({ severity: "low", status: "resolved" }),
    ];
    const worst = createWorstEntries();
    for (const one of inOrder.toReversed()) worst.add(one);
    expect(worst.list()).toEqual(inOrder);
  });

  test("are kept from a stream of any length", () => {
    const worst = createWorstEntries(3);
    for (let index = 0; index < 1000; index += 1) {
      worst.add(
        entry({
          severity: index % 100 === 50 ? "critical" : "low",
          clusterName: `aks-${String(index).padStart(3, "0")}`,
        }),
      );
    }
    expect(worst.list().map(({ clusterName }) => clusterName)).toEqual(["aks-050", "aks-150", "aks-250"]);
  });

  test("are none of an empty stream", () => {
    expect(createWorstEntries().list()).toEqual([]);
  });

  test("that were handed out do not change when more come", () => {
    const worst = createWorstEntries(2);
    worst.add(entry());
    const handedOut = worst.list();
    worst.add(entry({ severity: "critical" }));
    expect(handedOut).toEqual([entry()]);
  });
});

function sweepWith(changes: Partial<Sweep> = {}): Sweep {
  return {
    id: "2026-11-21T01-00-00Z",
    startedAt: "2026-11-21T01:00:00.000Z",
    finishedAt: "2026-11-21T01:02:00.000Z",
    asOf: "2026-11-21",
    profile: "default",
    scope: { subscriptions: [], managementGroups: [] },
    state: "finished",
    progress: { done: 1, total: 1 },
    tally: emptyTally,
    changes: noChanges,
    gaps: [],
    failure: null,
    ...changes,
  };
}

function entry(changes: Partial<AlertEntry> = {}): AlertEntry {
  return {
    status: "new",
    severity: "high",
    clusterId: "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks",
    clusterName: "aks",
    control: "nodes.public-ips-absent",
    title: "No node has a public IP address",
    seen: [],
    since: "2026-11-21",
    commands: [],
    ...changes,
  };
}
