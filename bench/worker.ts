import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What every process that is measured tells beside its own figures. */
export interface Usage {
  readonly peakRssInMib: number;
  readonly cpuInMs: number;
}

/** Inside a worker: runs what is to be measured and hands its figures to the parent. */
export async function report(measure: () => Promise<object>): Promise<void> {
  try {
    const figures = await measure();
    const { user, system } = process.cpuUsage();
    const usage: Usage = {
      // Kilobytes, on every platform.
      peakRssInMib: process.resourceUsage().maxRSS / 1024,
      cpuInMs: (user + system) / 1000,
    };
    process.send?.({ ...figures, ...usage }, () => process.exit(0));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`, () => process.exit(1));
  }
}

/**
 * What Node allows itself, in MiB, where there are 2 GiB, as in an instance of the function app. With more it collects
 * garbage later, and peaks would tell how much memory this machine has.
 */
const oldSpaceOfInstance = "--max-old-space-size=1024";

/** Runs a worker in a process of its own. `T` is what that worker reports. */
export function runWorker<T>(
  name: "floor" | "record" | "sweep" | "judge" | "export",
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<T & Usage> {
  const program = fileURLToPath(new URL(`./workers/${name}.cjs`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(program, args, {
      env: { PATH: process.env.PATH, ...environment },
      execArgv: [oldSpaceOfInstance],
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.on("data", (text: Buffer) => {
      said = (said + text.toString("utf8")).slice(-4000);
    });
    // Sent by `report` of exactly this worker.
    child.once("message", (figures) => resolve(figures as T & Usage));
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`Worker ${name} ended with ${code}.\n${said}`)));
  });
}
