import type { Tally } from "../domain/posture.ts";
import { type Severity, severities } from "../domain/severity.ts";

export const exitCodes = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage or unreadable input: one line on stderr, nothing on stdout. */
  usage: 2,
  /** Something stayed unread, whatever was found. */
  incomplete: 3,
  /** Ended by Ctrl-C, and by SIGTERM: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
export type FailOn = Severity | "none";

/** What a run that produced a result ends with; unread parts outweigh findings. */
export function exitCodeOf(outcome: {
  readonly isIncomplete: boolean;
  readonly tally: Tally;
  readonly failOn: FailOn;
}): ExitCode {
  if (outcome.isIncomplete) return exitCodes.incomplete;
  if (outcome.failOn === "none") return exitCodes.done;
  const counted = severities.slice(0, severities.indexOf(outcome.failOn) + 1);
  return counted.some((severity) => outcome.tally.fail[severity] > 0) ? exitCodes.findings : exitCodes.done;
}
