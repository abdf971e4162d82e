import { runSweep } from "../application/run-sweep.ts";
import { silentLog } from "../composition/log.ts";
import { sweepDependencies } from "../composition/wiring.ts";
import type { ClusterFindings } from "../domain/finding.ts";
import type { Result } from "../domain/result.ts";
import { type Sweep, sweepIdAt } from "../domain/sweep.ts";
import { type CommonOptions, readCommonArguments, readScope } from "./arguments.ts";
import type { CommandLine } from "./command-line.ts";
import type { ExitCode } from "./exit-codes.ts";
import { assertWritable } from "./output.ts";
import { createProgress } from "./progress.ts";
import { report } from "./report.ts";

export interface SweepOptions extends CommonOptions {
  readonly subscription: readonly string[];
  readonly managementGroup: readonly string[];
  readonly store?: string;
}

/** `midwatch sweep`: reads the fleet, judges it, remembers it where a store is named. Tells nobody: alerts are the function app's. */
export async function sweep(line: CommandLine, options: SweepOptions): Promise<ExitCode> {
  const { scope, faults } = readScope(options);
  const storage = options.store === undefined ? null : line.readStore(options.store);
  // The value may hold an account key, so it is not repeated.
  const storeFaults =
    options.store !== undefined && storage === null
      ? ["--store: neither the https address of a storage account nor a connection string"]
      : [];
  const args = await readCommonArguments(line, options, [...faults, ...storeFaults]);
  if (args.output !== null) await assertWritable(args.output);

  const { fleet, openStore } = line.connect(args.tenant);
  const store = await openStore(storage);
  const startedAt = line.clock.now();
  const clusters: ClusterFindings[] = [];
  const progress = createProgress(line.stderr, args.isQuiet);
  try {
    const swept = await runSweep(
      {
        ...sweepDependencies({ fleet, ...store, channel: null, profile: args.profile, log: silentLog }),
        clock: line.clock,
        onCluster: (found) => clusters.push(storage === null ? withoutTime(found) : found),
        onProgress: progress.show,
      },
      {
        id: sweepIdAt(startedAt),
        startedAt,
        asOf: args.asOf ?? startedAt.slice(0, 10),
        profile: args.profile.name,
        scope,
      },
    );
    progress.stop();
    return await report(line, args, resultOf(swept, clusters), swept.gaps.length > 0);
  } finally {
    progress.stop();
  }
}

/** A run that remembers nothing would call every failure new. */
function withoutTime({ findings, ...cluster }: ClusterFindings): ClusterFindings {
  return {
    ...cluster,
    findings: findings.map((finding) => ({ ...finding, status: null, since: null, reopenedOn: null })),
  };
}

function resultOf(swept: Sweep, clusters: readonly ClusterFindings[]): Result {
  return {
    id: swept.id,
    startedAt: swept.startedAt,
    finishedAt: swept.finishedAt ?? swept.startedAt,
    asOf: swept.asOf,
    profile: swept.profile,
    scope: { subscriptions: swept.scope.subscriptions, managementGroups: swept.scope.managementGroups },
    gaps: swept.gaps,
    // Clusters come as batches end; by id, so that two runs over the same fleet can be compared.
    clusters: [...clusters].sort((a, b) =>
      a.cluster.id.toLowerCase() < b.cluster.id.toLowerCase() ? -1 : 1,
    ),
  };
}
