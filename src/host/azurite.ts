import { type ChildProcess, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { stopChild } from "./stop-child.ts";

/** Azurite's one account and its key, which Microsoft publishes with it. */
const account = "devstoreaccount1";
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const mostStartInMs = 30_000;
const mostStopInMs = 10_000;

/** Run inside Azurite: when whoever started it is gone, however that happened, it stops as if told to. */
const watchParent =
  "process.channel.unref();process.once('disconnect',()=>process.kill(process.pid,'SIGTERM'))";

export interface AzuriteOptions {
  /** Where the data is kept; made when it is not there. */
  readonly folder: string;
  /** Keeps nothing on disk; the folder is then only where Azurite runs. */
  readonly inMemory?: boolean;
  /** Zero or left out: any free port. */
  readonly ports?: { readonly blob?: number; readonly queue?: number; readonly table?: number };
}

export interface Azurite {
  readonly connectionString: string;
  readonly blobPort: number;
  readonly queuePort: number;
  readonly tablePort: number;
  /** Ends Azurite by SIGTERM, which writes its data to disk, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts Azurite (blobs, queues and tables in one process) on loopback and waits until it listens. */
export async function startAzurite({
  folder,
  inMemory = false,
  ports = {},
}: AzuriteOptions): Promise<Azurite> {
  await mkdir(folder, { recursive: true });
  const program = createRequire(import.meta.url).resolve("azurite/dist/src/azurite.js");
  const child = spawn(
    process.execPath,
    [
      ...["--import", `data:text/javascript,${encodeURIComponent(watchParent)}`, program],
      ...["--silent", "--disableTelemetry", "--skipApiVersionCheck"],
      ...(inMemory ? ["--inMemoryPersistence"] : ["--location", "."]),
      ...["--blobHost", "127.0.0.1", "--blobPort", String(ports.blob ?? 0)],
      ...["--queueHost", "127.0.0.1", "--queuePort", String(ports.queue ?? 0)],
      ...["--tableHost", "127.0.0.1", "--tablePort", String(ports.table ?? 0)],
    ],
    // An empty environment: settings of a developer's own Azurite, or of a test run's coverage, are not for this one.
    { cwd: folder, env: {}, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  // The channel only tells Azurite that we are alive; it must not keep us so.
  child.channel?.unref();

  const listening = await whenListening(child);
  const address = (service: string, port: number) =>
    `${service}Endpoint=http://127.0.0.1:${port}/${account};`;
  return {
    ...listening,
    connectionString:
      `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};` +
      address("Blob", listening.blobPort) +
      address("Queue", listening.queuePort) +
      address("Table", listening.tablePort),
    stop: () => stopChild(child, mostStopInMs),
  };
}

type Ports = Pick<Azurite, "blobPort" | "queuePort" | "tablePort">;

/** Azurite says `… Blob service is successfully listening at http://127.0.0.1:40897`, also when it is told to be silent. */
function whenListening(child: ChildProcess): Promise<Ports> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`Azurite did not start: ${why}. ${said.trim().split("\n").at(-1) ?? ""}`));
    };
    const timer = setTimeout(
      () => fail(`it did not listen within ${mostStartInMs / 1000} seconds`),
      mostStartInMs,
    );
    const onExit = () => {
      clearTimeout(timer);
      fail("it ended at once");
    };
    const portOf = (service: string) =>
      Number(new RegExp(`${service} service is successfully listening at \\S+:(\\d+)`).exec(said)?.[1]);
    const onOutput = (output: Buffer) => {
      said += output.toString("utf8");
      const ports = { blobPort: portOf("Blob"), queuePort: portOf("Queue"), tablePort: portOf("Table") };
      if (Object.values(ports).some(Number.isNaN)) return;
      clearTimeout(timer);
      child.off("exit", onExit);
      child.stdout?.off("data", onOutput).resume();
      child.stderr?.off("data", onOutput).resume();
      resolve(ports);
    };
    child.once("error", (error) => fail(error.message));
    child.once("exit", onExit);
    child.stdout?.on("data", onOutput);
    child.stderr?.on("data", onOutput);
  });
}
