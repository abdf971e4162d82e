import type { AzureAccess } from "../../src/adapters/azure/azure-access.ts";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { createPace } from "../../src/adapters/azure/pace.ts";
import { createMemoryArchive } from "../../src/adapters/memory/archive.ts";
import { createMemoryHistory } from "../../src/adapters/memory/history.ts";
import { createMemoryOutbox } from "../../src/adapters/memory/outbox.ts";
import type { SweepDependencies } from "../../src/application/dependencies.ts";
import type { Archive } from "../../src/application/ports.ts";
import type { AssessedLine } from "../../src/application/read-sweep.ts";
import { runSweep } from "../../src/application/run-sweep.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import { silentLog } from "../../src/composition/log.ts";
import { sweepDependencies } from "../../src/composition/wiring.ts";
import { findProfile } from "../../src/controls/profiles.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { Change } from "../../src/domain/drift.ts";
import type { ClusterFindings } from "../../src/domain/finding.ts";
import { type Sweep, type SweepRequest, type SweepScope, sweepIdAt } from "../../src/domain/sweep.ts";
import { createEmulatedAzure, type EmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import { handMadeEstate } from "../../src/emulator/estate/hand-made.ts";
import type { Estate } from "../../src/emulator/estate/world.ts";
import { createEmulatedTransport } from "../../src/emulator/transport.ts";

/** A night as it went: the sweep, the clusters in it and the alerts that were sent. */
export interface Night {
  readonly sweep: Sweep;
  readonly clusters: ReadonlyMap<string, ClusterFindings>;
  readonly alerts: readonly Alert[];
  /** Every cluster the sweep speaks of, those that departed too, as its evidence has it. */
  readonly evidence: readonly AssessedLine[];
  /** Every change, as it is kept beside the evidence. */
  readonly changes: readonly Change[];
}

/** What it is like out there. */
export interface Conditions {
  /** Most rows that Resource Graph puts on a page; 1,000 without it. */
  readonly rowsPerPage?: number;
  /** 5 without it. */
  readonly clustersPerBatch?: number;
  /** How long a try waits for its answer; 200 ms without it. */
  readonly tryTimeoutInMs?: number;
  /** Clusters are looked into, as far as somebody serves them (`startEmulatedKubernetes`). */
  readonly inspection?: boolean;
}

/** The product over the emulated Azure, in this process, night after night. */
export interface Watch {
  readonly azure: EmulatedAzure;
  readonly deps: SweepDependencies;
  /** How the adapters reach the emulated Azure. */
  readonly access: AzureAccess;
  /** Makes it that day and that night, and says what to sweep then. */
  prepare(date: string, night?: number, scope?: SweepScope): SweepRequest;
  /** Sweeps on the day given (YYYY-MM-DD) as the estate stands on that night. */
  sweep(date: string, night?: number, scope?: SweepScope): Promise<Night>;
}

const everything: SweepScope = { subscriptions: [], managementGroups: [] };

/** A clock that sleeping moves. */
function createInstantTiming() {
  let now = 0;
  const sleep = async (ms: number) => {
    now += ms;
  };
  return { now: () => now, sleep };
}

/** Tries as the real thing does; the waits between the tries pass at once, and none may be longer than its patience. */
const impatient = {
  tries: 3,
  tryTimeoutInMs: 200,
  longestWaitInMs: 120_000,
  sleep: async (ms: number) => {
    if (ms > 120_000) throw new RangeError(`A wait of ${ms} ms between two tries.`);
  },
};

export function createWatch(
  overrides: Partial<SweepDependencies> = {},
  estate: Estate = handMadeEstate,
  {
    rowsPerPage = 1000,
    clustersPerBatch = 5,
    tryTimeoutInMs = impatient.tryTimeoutInMs,
    inspection = false,
  }: Conditions = {},
): Watch {
  const azure = createEmulatedAzure({ estate, rowsPerPage });
  const access = {
    credential: emulatedCredential(azure),
    endpoint: "https://management.azure.com",
    scopes: ["https://management.azure.com/.default"],
    httpClient: createEmulatedTransport(azure),
    patience: { ...impatient, tryTimeoutInMs },
    pace: createPace(createInstantTiming()),
  };
  const fleet = createFleetSource(access);
  const facts = createFactSources({ ...access, inspection });
  const sent: Alert[] = [];
  const seen = new Map<string, ClusterFindings>();
  let now = "";
  // Few controls and few requests: what is told of them holds for all, and every one of them is a test.
  const profile = findProfile("headline");
  if (!profile) throw new Error("There is no headline profile.");
  const usual = sweepDependencies({
    fleet,
    facts,
    history: createMemoryHistory(),
    archive: createMemoryArchive(),
    outbox: createMemoryOutbox(),
    channel: { send: async (alert) => void sent.push(alert) },
    log: silentLog,
    profile,
  });
  const deps: SweepDependencies = {
    ...usual,
    clock: { now: () => now },
    limits: { ...usual.limits, clustersPerBatch },
    onCluster: (found) => seen.set(`${found.cluster.name}|${found.cluster.resourceUid}`, found),
    ...overrides,
  };
  function prepare(date: string, night = 0, scope = everything): SweepRequest {
    azure.setNight(night);
    now = `${date}T01:00:00.000Z`;
    return { id: sweepIdAt(now), startedAt: now, asOf: date, profile: usual.profile.name, scope };
  }
  return {
    azure,
    deps,
    access,
    prepare,
    async sweep(date, night = 0, scope = everything) {
      const request = prepare(date, night, scope);
      seen.clear();
      sent.length = 0;
      const sweep = await runSweep(deps, request);
      return {
        sweep,
        clusters: new Map([...seen.values()].map((found) => [found.cluster.name, found])),
        alerts: [...sent],
        evidence: await linesOf<AssessedLine>(deps.archive, sweep.id, "evidence-"),
        changes: await linesOf<Change>(deps.archive, sweep.id, "drift-"),
      };
    },
  };
}

/** The lines of a sweep's parts of one kind; `storeAssessed` writes them from exactly this type. */
async function linesOf<T>(archive: Archive, sweepId: string, kind: string): Promise<readonly T[]> {
  const lines: T[] = [];
  for (const { name } of (await archive.readManifest(sweepId))?.parts ?? []) {
    if (!name.startsWith(kind)) continue;
    for await (const line of archive.readPart(sweepId, name)) lines.push(JSON.parse(line));
  }
  return lines;
}
