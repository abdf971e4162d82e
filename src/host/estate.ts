import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedAzure } from "./emulated-azure.ts";
import { inheritedEnvironment } from "./inherited-environment.ts";

/**
 * Runs the command line again, as its users would: a process of its own whose settings point at the emulated Azure.
 * Answers its exit code. `argv` is what follows the program's name, without `--estate`.
 */
export async function runInEstate(program: string, argv: readonly string[], night: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-estate-"));
  const azure = await startEmbeddedAzure(folder);
  try {
    azure.setNight(night);
    return await run(program, argv, azure.environment);
  } finally {
    await azure.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function run(
  program: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], {
      stdio: "inherit",
      env: { ...inheritedEnvironment(), ...environment },
    });
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    process.on("SIGINT", pass).on("SIGTERM", pass);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}
