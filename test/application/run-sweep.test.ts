import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/drift.ts";
import type { ClusterFindings } from "../../src/domain/finding.ts";
import type { Sweep } from "../../src/domain/sweep.ts";
import {
  headlineControls,
  statusesOnNightTwo,
  unjudgedOnNightTwo,
  verdictsOnNightOne,
  verdictsOnNightTwo,
} from "../emulator/estate/expected-verdicts.ts";
import { createWatch, type Night, type Watch } from "../support/nights.ts";

const firstDate = "2026-11-20";
const secondDate = "2026-11-21";

describe("a sweep of the estate", () => {
  it("judges every cluster as the catalogue says, on the first night", async () => {
    const { clusters } = await createWatch().sweep(firstDate);
    expect(verdictsOf(clusters)).toEqual(plain(verdictsOnNightOne));
  });

  it("judges every cluster as the catalogue says, on the second night", async () => {
    const watch = createWatch();
    await watch.sweep(firstDate);
    const { clusters } = await watch.sweep(secondDate, 1);
    const judged = new Map([...clusters].filter(([name]) => !(name in unjudgedOnNightTwo)));
    expect(verdictsOf(judged)).toEqual(plain(verdictsOnNightTwo));
  });

  it("places every finding in time", async () => {
    const watch = createWatch();
    await watch.sweep(firstDate);
    const second = await watch.sweep(secondDate, 1);
    expect(await statusesOf(watch, second)).toEqual(sorted(statusesOnNightTwo));
  });

  it("tells no gap twice though the index keeps only some of them", async () => {
    const { deps } = createWatch();
    const { history } = deps;
    const cut = (sweep: Sweep): Sweep => ({ ...sweep, gaps: sweep.gaps.slice(0, 1) });
    const watch = createWatch({
      archive: deps.archive,
      history: { ...history, sweeps: async (most) => (await history.sweeps(most)).map(cut) },
    });
    const first = await watch.sweep(firstDate, 1);
    expect(first.sweep.gaps.length).toBeGreaterThan(1);
    expect((await watch.sweep(secondDate, 1)).alerts).toEqual([]);
  });

  it("tells a baseline first, then only what changed, then nothing", async () => {
    const watch = createWatch();
    const first = await watch.sweep(firstDate);
    expect(first.alerts.map(({ kind }) => kind)).toEqual(["baseline"]);
    expect(first.alerts[0]?.entries).toHaveLength(5);

    const second = await watch.sweep(secondDate, 1);
    expect(second.alerts.map(({ kind }) => kind)).toEqual(["drift"]);

    const third = await watch.sweep("2026-11-22", 1);
    expect(third.alerts).toEqual([]);
    expect(third.sweep.changes).toEqual({ new: 0, reopened: 0, resolved: 0, blinded: 0, departed: 0 });
  });

  it("names every gap with its reason and counts the unread as unknown", async () => {
    const watch = createWatch();
    await watch.sweep(firstDate);
    const { sweep, clusters } = await watch.sweep(secondDate, 1);
    expect(sweep.gaps.every(({ scope, detail }) => scope !== "" && detail !== "")).toBe(true);
    const refused = sweep.gaps.filter(({ reason }) => reason === "accessDenied");
    expect(refused.length).toBeGreaterThan(0);
    const unread = clusters.get("aks-mkt-web-weu-01");
    expect(unread?.findings.every(({ verdict }) => verdict.kind === "unknown")).toBe(true);
    expect(unread?.score).toBeNull();
  });

  it("sees a finding come back as reopened, with its first date beside the new one", async () => {
    const watch = createWatch();
    await watch.sweep(firstDate, 0);
    await watch.sweep(secondDate, 1);
    const { clusters } = await watch.sweep("2026-11-22", 0);
    const finding = clusters
      .get("aks-pay-test-weu-01")
      ?.findings.find(({ control }) => control === "control-plane.api-server-restricted");
    expect(finding).toMatchObject({ status: "reopened", since: firstDate, reopenedOn: "2026-11-22" });
  });

  it("sweeps a slot once, whoever starts it again", async () => {
    const watch = createWatch();
    await watch.sweep(firstDate);
    await expect(watch.sweep(firstDate)).rejects.toThrow("only one sweep runs at a time");
  });

  it("expects the subscriptions it is told to sweep and names the one that refuses", async () => {
    const refused = "aks-loyalty-core-weu-01";
    const watch = createWatch();
    const world = (await import("../../src/emulator/estate/hand-made.ts")).handMadeEstate.nights[0];
    const denied = world?.subscriptions.find(({ access }) => access === "refused")?.subscriptionId ?? "";
    const { sweep, clusters } = await watch.sweep(firstDate, 0, {
      subscriptions: [denied],
      managementGroups: [],
    });
    expect(sweep.gaps).toMatchObject([{ scope: `/subscriptions/${denied}`, reason: "accessDenied" }]);
    expect(clusters.has(refused)).toBe(false);
  });
});

function verdictsOf(clusters: ReadonlyMap<string, ClusterFindings>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    [...clusters]
      .map(
        ([name, { findings }]) =>
          [
            name,
            Object.fromEntries(
              headlineControls.map((id) => [
                id,
                findings.find(({ control }) => control === id)?.verdict.kind ?? "missing",
              ]),
            ),
          ] as const,
      )
      .sort(byName),
  );
}

function plain(expected: ReadonlyMap<string, Readonly<Record<string, string>>>) {
  return Object.fromEntries([...expected].sort(byName));
}

async function statusesOf({ deps }: Watch, { sweep, clusters }: Night) {
  const statuses: Record<string, Record<string, string[]>> = {};
  const add = (cluster: string, status: string, control: string) => {
    const byStatus = statuses[cluster] ?? {};
    statuses[cluster] = { ...byStatus, [status]: [...(byStatus[status] ?? []), control] };
  };
  for (const { cluster, findings } of clusters.values()) {
    for (const { control, status } of findings) if (status !== null) add(cluster.name, status, control);
  }
  const manifest = await deps.archive.readManifest(sweep.id);
  for (const { name } of manifest?.parts ?? []) {
    if (!name.startsWith("drift-")) continue;
    for await (const line of deps.archive.readPart(sweep.id, name)) {
      const change = JSON.parse(line) as Change;
      if (change.status === "departed") add(change.cluster.name, "departed", change.finding.control);
    }
  }
  return sorted(statuses);
}

function sorted(statuses: Readonly<Record<string, Readonly<Record<string, readonly string[] | undefined>>>>) {
  return Object.fromEntries(
    Object.entries(statuses)
      .map(
        ([cluster, byStatus]) =>
          [
            cluster,
            Object.fromEntries(
              Object.entries(byStatus)
                .map(([status, controls]) => [status, [...(controls ?? [])].sort()])
                .sort(byName),
            ),
          ] as const,
      )
      .sort(byName),
  );
}

function byName(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]).localeCompare(String(b[0]));
}
