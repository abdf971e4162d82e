import { Command, CommanderError } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { DocumentError } from "../application/document-error.ts";
import { LockLostError, SweepRunningError } from "../application/running-sweep.ts";
import { SourceError } from "../application/source-error.ts";
import { ConfigError } from "../composition/config.ts";
import { plain } from "../presenters/terminal-text.ts";
import { type CheckOptions, check } from "./check.ts";
import type { CommandLine } from "./command-line.ts";
import { type ControlsOptions, controls } from "./controls.ts";
import { exitCodes } from "./exit-codes.ts";
import { type SweepOptions, sweep } from "./sweep.ts";
import { lineOf, tell } from "./tell.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command line (without the program's own name) and answers its exit code; never throws. */
export async function runCommandLine(line: CommandLine, argv: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = createProgram(line, argv, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    return tellFailure(line, error);
  }
}

const examples = {
  midwatch: `
Examples:
  az login && midwatch sweep                       every cluster the account may read
  midwatch check /subscriptions/…/managedClusters/aks-1
  az aks list -o json | midwatch check -           no credentials, no network
  midwatch controls control-plane.api-server-restricted

Exit codes:
  0  done, nothing at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage or unreadable input
  3  something could not be read, whatever was found
  130, 143  interrupted (Ctrl-C, SIGTERM): a sweep records nothing more`,
  sweep: `
Examples:
  midwatch sweep
  midwatch sweep --subscription 11111111-1111-1111-1111-111111111111 --fail-on critical
  midwatch sweep --management-group platform --format json --output posture.json
  midwatch sweep --inspect --profile guide-b       also what runs inside the clusters
  midwatch sweep --store https://contosoposture.blob.core.windows.net   remembers, tells new from old`,
  check: `
Documents: the output of az aks list, az aks show and az graph query; responses of ARM and Resource
Graph, or their rows; ARM templates (JSON); one value or one per line. UTF-8 or UTF-16.
What a document cannot hold is unknown, never failed.

Examples:
  midwatch check /subscriptions/…/resourceGroups/rg-pay/providers/Microsoft.ContainerService/managedClusters/aks-pay
  midwatch check /subscriptions/…/managedClusters/aks-pay --inspect
  midwatch check clusters.json --fail-on medium
  az aks show -g rg-pay -n aks-pay | midwatch check - --strict
  midwatch check main.json --format json --output findings.json`,
  controls: `
Examples:
  midwatch controls
  midwatch controls nodes.azure-linux-current
  midwatch controls --format markdown --output controls.md`,
} as const;

function createProgram(
  line: CommandLine,
  argv: readonly string[],
  finish: (exitCode: number) => void,
): Command {
  const program = new Command("midwatch")
    .description("Watches over fleets of AKS clusters: what is open, since when, and how to close it.")
    .version(packageJson.version, "-v, --version")
    .addHelpText("after", examples.midwatch)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => line.stdout.write(text),
      writeErr: (text) => line.stderr.write(text),
      getOutHelpWidth: () => line.stdout.columns ?? 100,
      getErrHelpWidth: () => line.stderr.columns ?? 100,
      outputError: (text, write) => write(lineOf(text.replace(/^error: /, ""))),
    });

  withCommonOptions(program.command("sweep"), "none")
    .description("Sweep every AKS cluster the signed-in account may read (read-only)")
    .option("--subscription <id>", "only this subscription; may be repeated", collect, [])
    .option("--management-group <id>", "only below this management group; may be repeated", collect, [])
    .option("--store <account>", "remember in this storage account: https address or connection string")
    .addHelpText("after", examples.sweep)
    .action(async (options: SweepOptions) =>
      finish(await inEstate(line, argv, options, () => sweep(line, options))),
    );

  withCommonOptions(program.command("check"), "high")
    .description("Check live clusters by resource id, or clusters in documents, offline")
    .argument("<target...>", "resource ids, or files; - is standard input")
    .option("--strict", "what a document cannot hold ends with exit code 3")
    .addHelpText("after", examples.check)
    .action(async (targets: string[], options: CheckOptions) =>
      finish(await inEstate(line, argv, options, () => check(line, targets, options))),
    );

  program
    .command("controls")
    .description("List the controls, or explain one")
    .argument("[id]", "a control's id")
    .option("--format <format>", "table, json or markdown (default: table on a terminal, else json)")
    .option("--guides", "how the two hardening guides are answered, as Markdown")
    .option("--output <file>", "write to this file instead of standard output")
    .option("--no-color", "no colours")
    .addHelpText("after", examples.controls)
    .action(async (id: string | undefined, options: ControlsOptions) =>
      finish(await controls(line, id, options)),
    );
  return program;
}

function withCommonOptions(command: Command, failOn: string): Command {
  return command
    .option("--profile <profile>", "a named profile, or a JSON file that lists controls", "default")
    .option("--format <format>", "table or json (default: table on a terminal, else json)")
    .option("--output <file>", "write to this file instead of standard output")
    .option("--fail-on <level>", "exit 1 on failures from critical, high, medium or low up; or none", failOn)
    .option("--as-of <date>", "judge as of this date, YYYY-MM-DD (default: today)")
    .option("--tenant <id>", "sign in to this tenant")
    .option("--inspect", "look into live clusters through the Kubernetes API, which needs rights of its own")
    .option("--estate", "use the emulated Azure of the checkout instead of an account")
    .option("--no-color", "no colours")
    .option("--quiet", "no progress and no notes");
}

/** With `--estate` the same command line runs again in a process whose settings point to the emulated Azure. */
async function inEstate(
  { runInEstate }: CommandLine,
  argv: readonly string[],
  { estate }: { readonly estate?: boolean },
  run: () => Promise<number>,
): Promise<number> {
  if (estate !== true) return run();
  if (runInEstate === null) {
    throw new UsageError(["--estate: the emulated Azure is not in the package; run it from a checkout"]);
  }
  return runInEstate(argv.filter((argument) => argument !== "--estate"));
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/** One line on stderr, and the exit code; a stack only for whoever asked for it. */
function tellFailure(line: CommandLine, error: unknown): number {
  // Commander has told its own errors already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof UsageError || error instanceof DocumentError || error instanceof ConfigError) {
    tell(line, error.message);
    return exitCodes.usage;
  }
  if (error instanceof SourceError) {
    tell(line, [error.message, error.remedy].filter((part) => part !== null).join(" "));
    return exitCodes.incomplete;
  }
  if (error instanceof SweepRunningError || error instanceof LockLostError) {
    tell(line, error.message);
    return exitCodes.incomplete;
  }
  const message = error instanceof Error ? error.message : String(error);
  tell(line, `unexpected error: ${message}${line.isDebug ? "" : " (MIDWATCH_DEBUG=1 shows where)"}`);
  if (line.isDebug && error instanceof Error)
    for (const frame of (error.stack ?? "").split("\n")) line.stderr.write(`${plain(frame)}\n`);
  return exitCodes.incomplete;
}
