import { headOf } from "../application/read-sweep.ts";
import { runSweep } from "../application/run-sweep.ts";
import type { StorageSettings } from "../composition/config.ts";
import { silentLog } from "../composition/log.ts";
import { type Store, sweepDependencies } from "../composition/wiring.ts";
import { withoutHistory } from "../domain/finding.ts";
import type { ExcludedCluster } from "../domain/profile-scope.ts";
import { sweepIdAt } from "../domain/sweep.ts";
import { type CommonOptions, readCommonArguments, readScope } from "./arguments.ts";
import type { CommandLine } from "./command-line.ts";
import type { ExitCode } from "./exit-codes.ts";
import { interruptionExitCodes, unlessInterrupted } from "./interruption.ts";
import { assertWritable } from "./output.ts";
import { createProgress } from "./progress.ts";
import { openReport } from "./report.ts";
import { tell } from "./tell.ts";
import { createWriteGate, type WriteGate } from "./write-gate.ts";

export interface SweepOptions extends CommonOptions {
  readonly subscription: readonly string[];
  readonly managementGroup: readonly string[];
  readonly store?: string;
}

/** How long a store may take to be freed when somebody waits for the prompt. */
const mostFreeingInMs = 10_000;

/** `midwatch sweep`: reads the fleet, judges it, remembers it where a store is named. Tells nobody: alerts are the function app's. */
export async function sweep(line: CommandLine, options: SweepOptions): Promise<ExitCode> {
  const startedAt = line.clock.now();
  const { scope, faults } = readScope(options);
  const storage = options.store === undefined ? null : line.readStore(options.store);
  const args = await readCommonArguments(line, options, [
    ...faults,
    ...storeFaults(options, storage, startedAt.slice(0, 10)),
  ]);
  if (args.output !== null) await assertWritable(args.output);

  const { fleet, facts, openStore } = line.connect(args.tenant, args.inspection);
  const store = await openStore(storage);
  const gate = createWriteGate(store);
  const id = sweepIdAt(startedAt);
  const report = openReport(line, args, "byId");
  const excluded: ExcludedCluster[] = [];
  const progress = createProgress(line.stderr, args.isQuiet);
  const run = () =>
    runSweep(
      {
        ...sweepDependencies({
          fleet,
          facts,
          ...gate.store,
          channel: null,
          profile: args.profile,
          log: silentLog,
        }),
        clock: line.clock,
        onCluster: (found) =>
          report.add(storage === null ? { ...found, findings: withoutHistory(found.findings) } : found),
        onExcluded: (one) => excluded.push(one),
        onProgress: progress.show,
      },
      { id, startedAt, asOf: args.asOf ?? startedAt.slice(0, 10), profile: args.profile.name, scope },
    );
  const giveUp = async () => {
    progress.stop();
    const isFree = await freed(gate, store.history, id);
    if (storage !== null && !(isFree && args.isQuiet))
      tell(line, interruptionNotes[isFree ? "free" : "held"]);
  };
  try {
    const outcome = await unlessInterrupted(line, run, giveUp);
    progress.stop();
    if ("interruption" in outcome) return interruptionExitCodes[outcome.interruption];
    const head = headOf(outcome.answer, excluded);
    const { changes: _none, ...forgetful } = head;
    return await report.write(storage === null ? forgetful : head, head.gaps.length > 0);
  } finally {
    progress.stop();
    report.close();
  }
}

function storeFaults(
  { store, asOf }: SweepOptions,
  storage: StorageSettings | null,
  today: string,
): readonly string[] {
  if (store === undefined) return [];
  return [
    // The value may hold an account key, so it is not repeated.
    ...(storage === null
      ? ["--store: neither the https address of a storage account nor a connection string"]
      : []),
    // Judged by another day's dates, findings would be remembered as new or resolved that are not.
    ...(asOf !== undefined && asOf !== today
      ? [`--as-of ${asOf} and --store exclude each other: a store remembers what holds today, ${today}`]
      : []),
  ];
}

const interruptionNotes = {
  free: "interrupted: nothing more was recorded, and the store is free for the next sweep",
  held: "interrupted: nothing more was recorded, but the store could not be freed; it frees itself an hour after its last sign of life",
} as const;

/** Ends all writing, then gives the lock back; false when that failed or took too long. */
async function freed(gate: WriteGate, history: Store["history"], id: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), mostFreeingInMs);
  });
  const freeing = gate
    .close()
    .then(() => history.unlock(id))
    .then(
      () => true,
      () => false,
    );
  try {
    return await Promise.race([freeing, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
