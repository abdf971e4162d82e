import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect } from "vitest";

/** A built program under way. */
export interface Program {
  readonly child: ChildProcess;
  readonly id: number;
  stdout(): string;
  stderr(): string;
  /** Waits until standard output has this. */
  says(text: RegExp): Promise<void>;
  /** The exit code, once all it wrote has been read. */
  readonly ended: Promise<number | null>;
}

/** Runs a built program in a folder, with nothing of this machine's environment. */
export function runProgram(
  folder: string,
  program: string,
  argv: readonly string[],
  environment: Record<string, string> = {},
): Program {
  const child = spawn(process.execPath, [resolve(program), ...argv], {
    cwd: folder,
    // A proxy that is not there, to see that nobody asks it.
    env: {
      PATH: process.env.PATH,
      HTTPS_PROXY: "http://127.0.0.1:9",
      http_proxy: "http://127.0.0.1:9",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  return {
    child,
    id: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    says: (text) => expect.poll(() => stdout + stderr, { timeout: 90_000, interval: 50 }).toMatch(text),
    ended: once(child, "close").then(([code]) => code),
  };
}
