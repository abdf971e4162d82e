import { plain } from "../presenters/terminal-text.ts";
import type { CommandLine } from "./command-line.ts";

/** Tells the person one line on stderr. */
export function tell({ stderr }: Pick<CommandLine, "stderr">, message: string): void {
  stderr.write(lineOf(message));
}

/** A message as one line of ours; names, values and text of documents in it cannot paint on the terminal. */
export function lineOf(message: string): string {
  return `midwatch: ${plain(message.trim().replaceAll(/\s*[\r\n]+\s*/g, " "))}\n`;
}
