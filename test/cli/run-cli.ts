import { Readable, Writable } from "node:stream";
import { createClusterSource } from "../../src/adapters/azure/cluster-source.ts";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { createMemoryArchive } from "../../src/adapters/memory/archive.ts";
import { createMemoryHistory } from "../../src/adapters/memory/history.ts";
import { createMemoryOutbox } from "../../src/adapters/memory/outbox.ts";
import type { CommandLine, OutputStream } from "../../src/cli/command-line.ts";
import { runCommandLine } from "../../src/cli/program.ts";
import { readStore } from "../../src/composition/config.ts";
import { readDocuments, readJson } from "../../src/composition/documents.ts";
import { createFactSources } from "../../src/composition/fact-sources.ts";
import type { Store } from "../../src/composition/wiring.ts";
import type { ListedWorld } from "../../src/emulator/estate/world.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { emulatedAccess } from "../support/emulated-access.ts";

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Buffer;
  /** What Azure holds; without it every connection is a fault of the test. */
  readonly world?: ListedWorld;
  readonly faults?: readonly Fault[];
  /** What is remembered where; in this process when the test does not look at it. */
  readonly store?: Store;
  readonly isTerminal?: boolean;
  readonly changes?: Partial<CommandLine>;
}

/** Runs a command line as its users do, with streams the test can look at and Azure emulated in this process. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const stdout = collectingStream(options.isTerminal === true);
  const stderr = collectingStream(false);
  const line: CommandLine = {
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    isColourless: false,
    isDebug: false,
    clock: { now: () => "2026-11-21T01:00:00.000Z" },
    readDocuments,
    readJson,
    connect: (_tenantId, inspection) => connectEmulated(options, inspection),
    readStore,
    onInterrupt: () => () => undefined,
    runInEstate: null,
    ...options.changes,
  };
  const exitCode = await runCommandLine(line, argv);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function connectEmulated(
  { world, faults = [], store = createMemoryStore() }: RunOptions,
  inspection: boolean,
) {
  if (world === undefined) throw new Error("This test did not expect to reach Azure.");
  const access = { ...emulatedAccess(world, { faults }).access, inspection };
  return {
    fleet: createFleetSource(access),
    facts: createFactSources(access),
    liveFacts: createFactSources(access),
    clusters: createClusterSource(access),
    openStore: async () => store,
  };
}

export function createMemoryStore(): Store {
  return {
    history: createMemoryHistory(),
    archive: createMemoryArchive(),
    outbox: createMemoryOutbox(),
  };
}

function collectingStream(isTTY: boolean): { readonly stream: OutputStream; text(): string } {
  const pieces: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      pieces.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), text: () => pieces.join("") };
}
