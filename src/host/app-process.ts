import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The function app in a process of its own, as the Functions runtime would have it. */
export interface AppProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built app with these settings and waits until it serves; its log goes to a file. */
export async function startAppProcess(
  environment: Readonly<Record<string, string>>,
  logFile: string,
): Promise<AppProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./serve.js", import.meta.url))], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...inherited(), ...environment },
  });
  const complaints: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => complaints.length < 20 && complaints.push(chunk.toString()));
  child.stderr?.pipe(createWriteStream(logFile));

  const url = await firstLine(child);
  if (url === null) throw new Error(`The function app did not start:\n${complaints.join("")}`);
  return { url, stop: () => stop(child) };
}

/** The machine's environment without settings of another Midwatch or another Azure sign-in. */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(MIDWATCH_|AZURE_|IDENTITY_|MSI_|SWEEP_SCHEDULE)/.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""]));
}

function firstLine(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve(null));
    if (child.stdout) createInterface(child.stdout).once("line", resolve);
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
