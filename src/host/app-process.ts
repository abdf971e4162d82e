import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "./inherited-environment.ts";
import { stopChild } from "./stop-child.ts";

const mostStopInMs = 10_000;

/** The function app in a process of its own, as the Functions runtime would have it. */
export interface AppProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Rejects when the process ends without having been told to. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/** Starts the built app with these settings and waits until it serves; its log goes to a file. Throws what the app says when it cannot start. */
export async function startAppProcess(
  environment: Readonly<Record<string, string>>,
  logFile: string,
): Promise<AppProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./serve.js", import.meta.url))], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...inheritedEnvironment(), ...environment },
  });
  const complaints: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => complaints.length < 20 && complaints.push(chunk.toString()));
  child.stderr?.pipe(createWriteStream(logFile));

  const url = await firstLine(child);
  if (url === null) throw new Error(`The function app did not start. ${complaints.join("").trim()}`);

  let isStopping = false;
  const failed = new Promise<never>((_, reject) => {
    child.once("exit", () => {
      if (!isStopping) reject(new Error(`The function app ended. Its log is ${logFile}.`));
    });
  });
  // Whoever waits for something else meanwhile is told by it; nobody waiting is no fault.
  failed.catch(() => undefined);
  return {
    url,
    failed,
    stop: () => {
      isStopping = true;
      return stopChild(child, mostStopInMs);
    },
  };
}

function firstLine(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // Closed, and not only ended: then all it had to say has been read.
    child.once("close", () => resolve(null));
    if (child.stdout) createInterface(child.stdout).once("line", resolve);
  });
}
