import { describe, expect, it } from "vitest";
import { isComplete } from "../../src/domain/sweep.ts";
import {
  type FaultKind,
  type FaultMatch,
  graphFaults,
  statusFaults,
  wireFaults,
} from "../../src/emulator/faults.ts";
import { createWatch, type Night } from "../support/nights.ts";

/** Every source a sweep reads, told by what its request holds. */
const sources: Readonly<Record<string, FaultMatch>> = {
  "the list of subscriptions": { service: "resourceGraph", bodyIncludes: "resourcecontainers" },
  "the count of clusters": { service: "resourceGraph", bodyIncludes: "summarize" },
  "the clusters": { service: "resourceGraph", bodyIncludes: "managedclusters' | project" },
  "the machines": { service: "resourceGraph", bodyIncludes: "virtualmachinescalesets" },
  "the Defender plans": { service: "resourceGraph", bodyIncludes: "securityresources" },
  "ARM's own word on a plan": { service: "pricings" },
  "everything in Resource Graph": { service: "resourceGraph" },
  everything: {},
};

const wireKinds: readonly FaultKind[] = [...statusFaults, ...wireFaults];
const cases = Object.entries(sources).flatMap(([source, match]) => {
  const kinds = match.service === "resourceGraph" ? [...wireKinds, ...graphFaults] : wireKinds;
  return kinds.map((kind) => ({ source, match, kind }));
});

describe("a sweep on a bad night", () => {
  it.each(cases)("survives $kind at $source", async ({ match, kind }) => {
    const watch = createWatch();
    const clean = await watch.sweep("2026-11-20");
    watch.azure.clearRequests();
    watch.azure.faults.add({ match, kind });
    const bad = await watch.sweep("2026-11-21");
    watch.azure.faults.clear();

    expect(watch.azure.requests.length).toBeGreaterThan(0);
    expectNothingImproved(clean, bad);
    if (verdictsOf(bad).join() !== verdictsOf(clean).join()) {
      expect(isComplete(bad.sweep)).toBe(false);
      expect(bad.sweep.gaps.every(({ scope, detail }) => scope.startsWith("/") && detail.length > 10)).toBe(
        true,
      );
    }

    const repaired = await watch.sweep("2026-11-22");
    expect(verdictsOf(repaired)).toEqual(verdictsOf(clean));
    expect(statusesOf(repaired)).toEqual(await undisturbed());
    expect(repaired.sweep.changes).toMatchObject({ new: 0, reopened: 0, resolved: 0, departed: 0 });
  });

  it("reads on after a fault that passes", async () => {
    for (const kind of ["429", "503", "html-503", "reset", "hang", "truncatedJson"] as const) {
      const watch = createWatch();
      const clean = await watch.sweep("2026-11-20");
      watch.azure.faults.add({ match: { service: "resourceGraph" }, kind, times: 1 });
      const bad = await watch.sweep("2026-11-21");
      expect(verdictsOf(bad), kind).toEqual(verdictsOf(clean));
      expect(bad.sweep.gaps, kind).toEqual(clean.sweep.gaps);
    }
  });
});

let thirdNight: Promise<readonly string[]> | undefined;

/** What an undisturbed watch says of the third night; the same for every case. */
function undisturbed(): Promise<readonly string[]> {
  thirdNight ??= sweepThrice();
  return thirdNight;
}

async function sweepThrice(): Promise<readonly string[]> {
  const watch = createWatch();
  await watch.sweep("2026-11-20");
  await watch.sweep("2026-11-21");
  return statusesOf(await watch.sweep("2026-11-22"));
}

/** Nothing unread is green, resolved or gone. */
function expectNothingImproved(clean: Night, bad: Night): void {
  expect([...bad.clusters.keys()].sort()).toEqual([...clean.clusters.keys()].sort());
  for (const [name, { findings }] of bad.clusters) {
    for (const finding of findings) {
      const before = clean.clusters.get(name)?.findings.find(({ control }) => control === finding.control);
      const line = `${name} ${finding.control}`;
      if (finding.verdict.kind !== "unknown") expect(finding.verdict.kind, line).toBe(before?.verdict.kind);
      expect(["resolved", "departed", "new", "reopened"], line).not.toContain(finding.status);
    }
  }
  expect(bad.sweep.changes).toMatchObject({ new: 0, reopened: 0, resolved: 0, departed: 0 });
}

function verdictsOf({ clusters }: Night): readonly string[] {
  return [...clusters]
    .flatMap(([name, { findings }]) =>
      findings.map(({ control, verdict }) => `${name} ${control} ${verdict.kind}`),
    )
    .sort();
}

function statusesOf({ clusters }: Night): readonly string[] {
  return [...clusters]
    .flatMap(([name, { findings }]) =>
      findings.map(({ control, status, since }) => `${name} ${control} ${status} ${since}`),
    )
    .sort();
}
