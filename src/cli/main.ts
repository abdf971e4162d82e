import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readAzureSettings, readStore, readTerminalSettings } from "../composition/config.ts";
import { readDocuments, readJson } from "../composition/documents.ts";
import { connectCommandLine, systemClock } from "../composition/wiring.ts";
import type { CommandLine, Interruption } from "./command-line.ts";
import { exitCodes } from "./exit-codes.ts";
import { runCommandLine } from "./program.ts";

/** Built beside this file in a checkout; the package leaves it out. */
const estateModule = new URL("../start/estate.js", import.meta.url);

interface EstateModule {
  readonly runInEstate: (program: string, argv: readonly string[], night: number) => Promise<number>;
}

async function runInEstate(argv: readonly string[]): Promise<number> {
  // The module's own type: it is loaded by address because the package has no such file.
  const estate = (await import(estateModule.href)) as EstateModule;
  return estate.runInEstate(fileURLToPath(import.meta.url), argv, 0);
}

/** Also for repeated signals: Ctrl-C reaches every process of a terminal, and some of them pass it on. */
function onInterrupt(listener: (interruption: Interruption) => void): () => void {
  process.on("SIGINT", listener).on("SIGTERM", listener);
  return () => process.off("SIGINT", listener).off("SIGTERM", listener);
}

const line: CommandLine = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  ...readTerminalSettings(),
  clock: systemClock,
  readDocuments,
  readJson,
  connect: (tenantId, inspection) => connectCommandLine(readAzureSettings(), tenantId, inspection),
  readStore,
  onInterrupt,
  runInEstate: existsSync(estateModule) ? runInEstate : null,
};

// Whoever reads stdout or stderr may go away at any time, as `head` does.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

const exitCode = await runCommandLine(line, process.argv.slice(2));
// What an interrupted sweep still waits for is nobody's any more.
if (exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated) process.exit(exitCode);
// Not process.exit: what is still in the pipe is to be read.
process.exitCode = exitCode;
