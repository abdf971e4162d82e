import { lifecycleStaleness } from "../composition/wiring.ts";
import { catalogue } from "../controls/index.ts";
import type { Result } from "../domain/result.ts";
import { tallyResult, writeJsonResult } from "../presenters/json-result.ts";
import { presentTerminalReport } from "../presenters/terminal-report.ts";
import { count } from "../presenters/wording.ts";
import type { CommonArguments } from "./arguments.ts";
import type { CommandLine } from "./command-line.ts";
import { type ExitCode, exitCodeOf } from "./exit-codes.ts";
import { writeFileWhole, writeStandardOutput } from "./output.ts";
import { tell } from "./tell.ts";

/** Where the width of a terminal is not known, as in a file. */
const usualColumns = 100;

/** Writes a result as asked for and answers with the exit code it deserves. */
export async function report(
  line: CommandLine,
  args: CommonArguments,
  result: Result,
  isIncomplete: boolean,
): Promise<ExitCode> {
  const isSeen = args.format === "table" && args.output === null;
  if (isIncomplete && result.gaps.length > 0 && !isSeen && !args.isQuiet) {
    const gaps = count(result.gaps.length, "gap");
    tell(line, `${gaps}: what was not read is not judged (exit code 3); see gaps in the result`);
  }
  const stale = lifecycleStaleness(result.asOf);
  if (stale !== null && !args.isQuiet) tell(line, stale);
  const columns = args.output === null ? (line.stdout.columns ?? usualColumns) : usualColumns;
  const pieces =
    args.format === "json"
      ? writeJsonResult(result, catalogue)
      : [presentTerminalReport(result, catalogue, { columns, isColoured: args.isColoured })];
  if (args.output === null) await writeStandardOutput(line.stdout, pieces);
  else await writeFileWhole(args.output, pieces);
  return exitCodeOf({ isIncomplete, tally: tallyResult(result), failOn: args.failOn });
}
