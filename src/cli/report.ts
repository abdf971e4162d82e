import { lifecycleStaleness } from "../composition/wiring.ts";
import { catalogue } from "../controls/index.ts";
import type { ClusterFindings } from "../domain/finding.ts";
import { addTallies, emptyTally, type Tally, tallyOf } from "../domain/posture.ts";
import type { ResultHead } from "../domain/result.ts";
import { createFleetDigester } from "../presenters/fleet-digest.ts";
import { createClusterLines, joinJsonResult } from "../presenters/json-result.ts";
import { drawTerminalReport } from "../presenters/terminal-report.ts";
import { count } from "../presenters/wording.ts";
import type { CommonArguments } from "./arguments.ts";
import type { CommandLine, Interruption } from "./command-line.ts";
import { type ExitCode, exitCodeOf } from "./exit-codes.ts";
import { interruptionExitCodes, unlessInterrupted } from "./interruption.ts";
import { writeFileWhole, writeStandardOutput } from "./output.ts";
import { createSpool } from "./spool.ts";
import { tell } from "./tell.ts";

/** A result in the making: of each cluster it keeps what the asked-for format tells, and nothing is written before all is known. */
export interface Report {
  add(found: ClusterFindings): void;
  /** Writes the result and answers with the exit code it deserves. */
  write(head: ResultHead, isIncomplete: boolean): Promise<ExitCode>;
  close(): void;
}

/** How clusters are listed: as they came, or by their ids, so that two results can be compared. */
export type ListingOrder = "asTheyCame" | "byId";

interface Format {
  add(found: ClusterFindings): void;
  pieces(head: ResultHead, tally: Tally): Iterable<string | Uint8Array>;
  close(): void;
}

/** Where the width of a terminal is not known, as in a file. */
const usualColumns = 100;

export function openReport(line: CommandLine, args: CommonArguments, order: ListingOrder): Report {
  const format = args.format === "json" ? createJsonFormat(order) : createTableFormat(line, args);
  let tally = emptyTally;
  return {
    add(found) {
      tally = addTallies(tally, tallyOf(found.score, found.findings));
      format.add(found);
    },
    async write(head, isIncomplete) {
      tellDoubts(line, args, head, isIncomplete);
      if (tally.clusters === 0 && head.excluded.length > 0 && !args.isQuiet)
        tell(
          line,
          `the profile leaves out all ${count(head.excluded.length, "cluster")}: nothing was judged`,
        );
      const pieces = format.pieces(head, tally);
      if (args.output === null) await writeStandardOutput(line.stdout, pieces);
      else {
        const interruption = await writeUnlessInterrupted(line, args.output, pieces);
        if (interruption !== null) return interruptionExitCodes[interruption];
      }
      return exitCodeOf({ isIncomplete, tally, failOn: args.failOn });
    },
    close: format.close,
  };
}

/** Whoever is interrupted leaves no half of a file behind. */
async function writeUnlessInterrupted(
  line: CommandLine,
  file: string,
  pieces: Iterable<string | Uint8Array>,
): Promise<Interruption | null> {
  const stop = new AbortController();
  let writing = Promise.resolve();
  const outcome = await unlessInterrupted(
    line,
    () => {
      writing = writeFileWhole(file, pieces, stop.signal);
      return writing;
    },
    async () => {
      stop.abort();
      await Promise.allSettled([writing]);
    },
  );
  return "interruption" in outcome ? outcome.interruption : null;
}

function createJsonFormat(order: ListingOrder): Format {
  const lineOf = createClusterLines(catalogue);
  const spool = createSpool();
  return {
    add: (found) => spool.add(order === "byId" ? found.cluster.id.toLowerCase() : "", lineOf(found)),
    pieces: (head, tally) => joinJsonResult(head, tally, spool.lines()),
    close: spool.close,
  };
}

function createTableFormat(line: CommandLine, { output, isColoured }: CommonArguments): Format {
  const columns = output === null ? (line.stdout.columns ?? usualColumns) : usualColumns;
  const { add, digest } = createFleetDigester();
  return {
    add,
    pieces: (head) => [drawTerminalReport(head, digest(), catalogue, { columns, isColoured })],
    close: () => undefined,
  };
}

function tellDoubts(line: CommandLine, args: CommonArguments, head: ResultHead, isIncomplete: boolean): void {
  if (args.isQuiet) return;
  const isSeen = args.format === "table" && args.output === null;
  if (isIncomplete && head.gaps.length > 0 && !isSeen) {
    const gaps = count(head.gaps.length, "gap");
    tell(line, `${gaps}: what was not read is not judged (exit code 3); see gaps in the result`);
  }
  const stale = lifecycleStaleness(head.asOf);
  if (stale !== null) tell(line, stale);
}
