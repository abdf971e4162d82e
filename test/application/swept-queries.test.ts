import { describe, expect, it } from "vitest";
import { createMemoryArchive } from "../../src/adapters/memory/archive.ts";
import type { Archive } from "../../src/application/ports.ts";
import { SourceError } from "../../src/application/source-error.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { EmulatedRequest } from "../../src/emulator/service.ts";
import { createWatch, type Night } from "../support/nights.ts";
import { beginAndPlan, createRunActivity, sweepBatches } from "../support/run-activity.ts";

/** One query as it was sent. */
interface Query {
  readonly query: string;
  readonly subscriptions: readonly string[];
  readonly skipToken: string | null;
}

/** What was asked of Resource Graph, before the first batch and in each. */
interface Asked {
  readonly plan: readonly Query[];
  readonly batches: readonly (readonly Query[])[];
}

interface Wishes {
  readonly clustersPerBatch: number;
  readonly archive?: Archive;
  /** Text of the queries that are refused, and whether only while the sweep is planned. */
  readonly refused?: string;
  readonly isRefusedOnlyInPlan?: boolean;
  /** In place of a refusal. */
  readonly kind?: "429" | "503";
}

/** The product with the default profile, and what it asks for. */
function createAskingWatch({
  clustersPerBatch,
  archive,
  refused,
  isRefusedOnlyInPlan = false,
  kind,
}: Wishes) {
  const profile = findProfile("default");
  if (profile === null) throw new Error("There is no default profile.");
  const asked = { plan: [] as Query[], batches: [] as Query[][] };
  const watch = createWatch({ profile, ...(archive && { archive }) }, undefined, { clustersPerBatch });
  const { fleet } = watch.deps;
  const deps = {
    ...watch.deps,
    fleet: {
      ...fleet,
      // The first thing that a batch asks for; the one before it has then asked for all.
      clusters: (...args: Parameters<typeof fleet.clusters>) => {
        asked.batches.push([]);
        return fleet.clusters(...args);
      },
    },
  };
  watch.azure.faults.add({
    kind: kind ?? "403",
    match(request, service) {
      // What Resource Graph does not tell, Resource Manager would.
      if (service === "policySetDefinitions") return kind !== undefined && asked.batches.length === 0;
      if (service !== "resourceGraph") return false;
      const query = queryOf(request);
      (asked.batches.at(-1) ?? asked.plan).push(query);
      const isTime = !isRefusedOnlyInPlan || asked.batches.length === 0;
      return refused !== undefined && isTime && query.query.includes(refused);
    },
  });
  return { watch, deps, asked: asked as Asked };
}

function queryOf({ body }: EmulatedRequest): Query {
  const { query, subscriptions = [], options } = JSON.parse(body);
  return { query, subscriptions, skipToken: options?.$skipToken ?? null };
}

async function sweep(wishes: Wishes): Promise<{ readonly asked: Asked; readonly verdicts: Verdicts }> {
  const { watch, deps, asked } = createAskingWatch(wishes);
  Object.assign(watch.deps, { fleet: deps.fleet });
  return { asked, verdicts: verdictsOf(await watch.sweep("2026-11-20")) };
}

type Verdicts = Readonly<Record<string, unknown>>;

/** Every verdict with its reason or evidence. */
function verdictsOf({ clusters }: Pick<Night, "clusters">): Verdicts {
  return Object.fromEntries(
    [...clusters].flatMap(([name, { findings }]) =>
      findings.map(({ control, verdict }) => [`${name} ${control}`, verdict] as const),
    ),
  );
}

/** The types that a query fetches, with what tells it apart from others of the type. */
function kindOf({ query }: Query): string {
  const type = /type (?:=~|in~) \(?'([^']+)'/.exec(query)?.[1] ?? query;
  const marks = ["summarize", "principalId) in~", "principalType) !in~"].filter((mark) =>
    query.includes(mark),
  );
  return [type, ...marks].join(" ");
}

const ofTheTenant = [
  "microsoft.authorization/policyassignments summarize",
  "microsoft.authorization/policysetdefinitions",
  "microsoft.authorization/roleassignments principalType) !in~",
  "microsoft.authorization/roleassignments summarize principalType) !in~",
  "microsoft.authorization/roledefinitions",
  "microsoft.containerservice/fleets/members",
  "microsoft.containerservice/managedclusters",
  "microsoft.containerservice/managedclusters summarize",
  "microsoft.managedidentity/userassignedidentities principalId) in~",
  // The names of subscriptions, and the management groups above them.
  "microsoft.resources/subscriptions",
  "microsoft.resources/subscriptions",
];
const ofEachBatch = [
  "microsoft.authorization/policyassignments",
  "microsoft.authorization/policyexemptions",
  "microsoft.authorization/roleassignments",
  "microsoft.authorization/roleassignments principalId) in~",
  "microsoft.compute/virtualmachinescalesets",
  "microsoft.containerservice/managedclusters",
  "microsoft.policyinsights/componentpolicystates",
  "microsoft.policyinsights/policystates",
  "microsoft.security/assessments",
  "microsoft.security/pricings",
];
/**
 * Where a node carries an identity that the cluster does not name, or another one trusts the cluster; where one is mighty
 * only in a node resource group; where a cluster leaves the way out to its subnets.
 */
const ofSomeBatches = [
  "microsoft.authorization/roleassignments principalId) in~",
  "microsoft.authorization/roleassignments principalId) in~",
  "microsoft.managedidentity/userassignedidentities principalId) in~",
  "microsoft.network/routetables",
  "microsoft.network/virtualnetworks",
];

/** What is too much or too little. */
function difference(found: readonly string[], due: readonly string[]) {
  const rest = [...due];
  const more = found.filter((kind) => {
    const index = rest.indexOf(kind);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
  return { more, less: rest };
}

const cut = sweep({ clustersPerBatch: 5 });
const whole = sweep({ clustersPerBatch: 1000 });

describe("a sweep with the default profile", () => {
  it.each([
    ["nine batches", 5, 9],
    ["a few", 14, 3],
    ["one", 1000, 1],
  ])("of %s asks Resource Graph once for what is the tenant's", async (_, clustersPerBatch, batches) => {
    const { asked } = await (clustersPerBatch === 5
      ? cut
      : clustersPerBatch === 1000
        ? whole
        : sweep({ clustersPerBatch }));
    expect(asked.batches).toHaveLength(batches);
    expect(difference(asked.plan.map(kindOf), ofTheTenant)).toEqual({ more: [], less: [] });
    for (const batch of asked.batches) {
      const { more, less } = difference(batch.map(kindOf), ofEachBatch);
      expect(less).toEqual([]);
      expect(difference(more, ofSomeBatches).more).toEqual([]);
    }
  });

  it("asks nothing twice in a batch", async () => {
    const { plan, batches } = (await cut).asked;
    for (const queries of [plan, ...batches, ...(await whole).asked.batches]) {
      const texts = queries.map((query) => JSON.stringify(query));
      expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    }
  });

  it("finds the same however it is cut", async () => {
    expect((await cut).verdicts).toEqual((await whole).verdicts);
  });
});

/** An archive that does something to what is kept of the tenant. */
function archiveThat(read: (lines: AsyncIterable<string>) => AsyncIterable<string>): Archive {
  const archive = createMemoryArchive();
  return {
    ...archive,
    readPart: (sweepId, name) =>
      name.startsWith("tenant-") ? read(archive.readPart(sweepId, name)) : archive.readPart(sweepId, name),
  };
}

async function* dropped(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) if (line === "") yield line;
}

describe("a batch that cannot have what the plan has kept of the tenant", () => {
  it.each([
    [
      "is gone",
      // biome-ignore lint/correctness/useYield: it fails before the first line
      archiveThat(async function* read() {
        throw new SourceError("There is no such part.", { reason: "notFound" });
      }),
    ],
    [
      "is cut short",
      archiveThat(async function* read(lines) {
        let left = 30;
        for await (const line of lines) {
          if (left === 0) return;
          left -= 1;
          yield line;
        }
      }),
    ],
    [
      "is of another version",
      archiveThat(async function* read(lines) {
        for await (const line of lines) yield line.replace("midwatch/tenant/", "midwatch/tenant/9");
      }),
    ],
  ])("since it %s reads it anew and finds the same", async (_, archive) => {
    const { asked, verdicts } = await sweep({ clustersPerBatch: 14, archive });
    expect(verdicts).toEqual((await whole).verdicts);
    for (const batch of asked.batches)
      expect(batch.map(kindOf)).toContain("microsoft.authorization/roledefinitions");
  });
});

describe("a table of the tenant that is refused while the sweep is planned", () => {
  it.each([
    ["microsoft.management/managementgroups"],
    ["microsoft.authorization/roledefinitions"],
    ["microsoft.containerservice/fleets/members"],
    ["!in~ ('User'"],
    ["microsoft.managedidentity/userassignedidentities"],
    ["microsoft.authorization/policysetdefinitions"],
  ])(
    "(%s) leaves the same unknown in every batch as if each had been refused, for the same reason",
    async (refused) => {
      const inPlan = await sweep({ clustersPerBatch: 14, refused, isRefusedOnlyInPlan: true });
      const forgetful = archiveThat((lines) => dropped(lines));
      const inBatches = await sweep({ clustersPerBatch: 14, refused, archive: forgetful });
      expect(inPlan.verdicts).toEqual(inBatches.verdicts);
    },
  );

  it("leaves initiatives to each batch when nobody tells which are assigned", async () => {
    const refused = "by definitionId";
    const { asked, verdicts } = await sweep({ clustersPerBatch: 14, refused });
    expect(verdicts).toEqual((await whole).verdicts);
    for (const batch of asked.batches)
      expect(batch.map(kindOf)).toContain("microsoft.authorization/policysetdefinitions");
  });
});

describe("a table of the tenant that is not to be had for a while", () => {
  it.each([
    ["microsoft.management/managementgroups", "503"],
    ["microsoft.authorization/roledefinitions", "429"],
    ["microsoft.containerservice/fleets/members", "503"],
    ["!in~ ('User'", "429"],
    ["microsoft.managedidentity/userassignedidentities", "503"],
    ["microsoft.authorization/policysetdefinitions", "503"],
  ] as const)("(%s, %s) is read anew by each batch, which finds the same", async (refused, kind) => {
    const { verdicts } = await sweep({ clustersPerBatch: 14, refused, kind, isRefusedOnlyInPlan: true });
    expect(verdicts).toEqual((await whole).verdicts);
  });
});

describe("steps that run one by one, each in a process of its own", () => {
  it("hand on what was read of the tenant, and find the same", async () => {
    const { watch, deps, asked } = createAskingWatch({ clustersPerBatch: 14 });
    const seen: Parameters<NonNullable<typeof deps.onCluster>>[0][] = [];
    const stored = { ...deps, onCluster: (found: (typeof seen)[number]) => void seen.push(found) };
    const request = watch.prepare("2026-11-20");
    const plan = await beginAndPlan(stored, request);
    await sweepBatches(
      // Whatever an activity is given and gives goes through storage; no two share a memory.
      async (name, input) =>
        JSON.parse(JSON.stringify(await createRunActivity(stored)(name, JSON.parse(JSON.stringify(input))))),
      plan,
    );
    const clusters = new Map(seen.map((found) => [found.cluster.name, found]));
    expect(verdictsOf({ clusters })).toEqual((await whole).verdicts);
    expect(difference(asked.plan.map(kindOf), ofTheTenant)).toEqual({ more: [], less: [] });
    expect(asked.batches.flat().map(kindOf)).not.toContain("microsoft.authorization/roledefinitions");
  });
});
