import { describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import { planSweep } from "../../src/application/plan-sweep.ts";
import { readSweep } from "../../src/application/read-sweep.ts";
import { sweepBatch } from "../../src/application/sweep-batch.ts";
import { clusterKey } from "../../src/domain/cluster.ts";
import type { ProfileScope } from "../../src/domain/profile-scope.ts";
import type { SweepRequest } from "../../src/domain/sweep.ts";
import { wholeCatalogue } from "../emulator/estate/whole-catalogue.ts";
import { createWatch, type Watch } from "../support/nights.ts";
import { recordsBefore } from "../support/records-before.ts";

const request: SweepRequest = {
  id: "2026-11-21T01-00-00Z",
  startedAt: "2026-11-21T01:00:00.000Z",
  asOf: "2026-11-21",
  profile: "default",
  scope: { subscriptions: [], managementGroups: [] },
};

describe("a batch whose archive takes only some of its lines", () => {
  it("does not pass for swept", async () => {
    const { deps } = createWatch();
    const { archive } = deps;
    const hasty = createWatch({
      archive: {
        ...archive,
        writePart: (sweepId, name, lines) => {
          for (const line of lines) return archive.writePart(sweepId, name, [line]);
          return archive.writePart(sweepId, name, []);
        },
      },
    });
    await expect(hasty.sweep("2026-11-20")).rejects.toThrow("did not take all");
  });
});

describe("a batch that runs twice", () => {
  it("reports the same changes and remembers the same", async () => {
    const { watch, plan } = await secondNight();
    const once = await sweepAll(watch, plan);
    const after = await remembered(watch, plan);
    expect(await sweepAll(watch, plan)).toEqual(once);
    expect(await remembered(watch, plan)).toEqual(after);
    expect(once.some(({ changes }) => changes.new > 0)).toBe(true);
  });

  it("forgets what its first try stored when the second finds last night unchanged", async () => {
    const { watch, plan } = await secondNight();
    const before = await remembered(watch, plan);
    await sweepAll(watch, plan);
    expect(await remembered(watch, plan)).not.toEqual(before);

    watch.azure.setNight(0);
    await sweepAll(watch, plan);
    expect(statesOf(await remembered(watch, plan))).toEqual(statesOf(before));
  });
});

describe("a batch with clusters that the profile is not for", () => {
  it("leaves what is remembered of them as it is, and names them in its evidence", async () => {
    const watch = createWatch();
    await watch.sweep("2026-11-20");
    const before = await recordsBefore(watch.deps.history, request.id, [edge]);
    const { profile } = watch.deps;
    const narrow = createWatch({
      history: watch.deps.history,
      profile: { ...profile, clusters: { except: { tags: { owner: ["edge-devices"] } } } },
    });
    await narrow.sweep("2026-11-21");
    const named = (records: typeof before) => records.find(({ cluster }) => cluster.name === camera);
    expect(named(before)?.findings["nodes.public-ips-absent"]?.state).toBe("open");
    expect(named(await recordsBefore(watch.deps.history, "2026-11-30T01-00-00Z", [edge]))).toEqual(
      named(before),
    );
    const result = await readSweep(narrow.deps.archive, request.id);
    expect(result?.excluded.map(({ cluster }) => cluster.name)).toEqual([camera]);
    expect(result?.clusters.map(({ cluster }) => cluster.name)).not.toContain(camera);
  });
});

describe("a cluster that the profile is not for", () => {
  it("is asked of no other source", async () => {
    const askedOf = async (clusters: ProfileScope) => {
      const watch = createWatch({ profile: { ...wholeCatalogue, clusters } });
      await watch.sweep("2026-11-20", 0, { subscriptions: [edge], managementGroups: [] });
      const services = new Set(["diagnosticSettings", "maintenanceConfigurations", "safeguards"]);
      return watch.azure.requests.filter(
        ({ service, path }) => services.has(service) && path.includes(camera),
      ).length;
    };
    expect(await askedOf({})).toBe(3);
    expect(await askedOf({ except: { tags: { owner: ["edge-devices"] } } })).toBe(0);
  });
});

/** Its camera cluster fails by a public address. */
const edge = "50b00000-0000-4000-8000-000000000106";
const camera = "aks-edge-cameras-sea-01";

async function secondNight() {
  const watch = createWatch();
  await watch.sweep("2026-11-20");
  watch.azure.setNight(1);
  await beginSweep(watch.deps, request);
  return { watch, plan: await planSweep(watch.deps, request) };
}

async function sweepAll({ deps }: Watch, { batches }: Awaited<ReturnType<typeof planSweep>>) {
  const summaries = [];
  for (const batch of batches) summaries.push(await sweepBatch(deps, request, batch, { unfinished: [] }));
  return summaries;
}

/** What the next sweep would be told, in order of clusters; those that only the first try saw stay until it looks again. */
async function remembered({ deps }: Watch, { batches }: Awaited<ReturnType<typeof planSweep>>) {
  const subscriptions = batches.flatMap((batch) => batch.subscriptions);
  const records = await recordsBefore(deps.history, "2026-11-22T01-00-00Z", subscriptions);
  return [...records].sort((a, b) => clusterKey(a.cluster).localeCompare(clusterKey(b.cluster)));
}

function statesOf(records: Awaited<ReturnType<typeof remembered>>) {
  return records
    .filter(({ cluster }) => !cluster.name.includes("vector") && !cluster.name.includes("canary"))
    .map(({ cluster, presence, findings }) => [cluster.name, presence, findings]);
}
