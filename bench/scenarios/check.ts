import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EstateSize, serveAzure } from "../emulated-azure.ts";
import { runWorker, type Usage } from "../worker.ts";

export interface Checked {
  readonly clusters: number;
  readonly fileBytes: number;
  readonly inMs: number;
  readonly peakRssInMib: number;
}

/** `midwatch check` on one file of all the estate's clusters, one a line, from the start of the process to its end. */
export async function measureCheck(size: EstateSize): Promise<Checked> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-bench-"));
  try {
    const file = join(folder, "clusters.ndjson");
    const clusters = await exportClusters(size, file);
    const began = performance.now();
    const peakRssInMib = await check(file, folder);
    return { clusters, fileBytes: (await stat(file)).size, inMs: performance.now() - began, peakRssInMib };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function exportClusters(size: EstateSize, file: string): Promise<number> {
  const azure = await serveAzure(size);
  try {
    const { clusters } = await runWorker<{ readonly clusters: number }>("export", [file], azure.environment);
    return clusters;
  } finally {
    await azure.stop();
  }
}

async function check(file: string, folder: string): Promise<number> {
  const program = fileURLToPath(new URL("../cli/main.js", import.meta.url));
  const usage = fileURLToPath(new URL("./workers/usage.cjs", import.meta.url));
  const figures = join(folder, "usage.json");
  const result = join(folder, "result.json");
  const child = spawn(
    process.execPath,
    ["--require", usage, program, "check", file, "--format", "json", "--output", result, "--fail-on", "none"],
    { env: { PATH: process.env.PATH, BENCH_USAGE_FILE: figures }, stdio: ["ignore", "inherit", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said = (said + text.toString("utf8")).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`midwatch check ended with ${code}.\n${said}`);
  // Written by workers/usage.ts.
  return (JSON.parse(await readFile(figures, "utf8")) as Pick<Usage, "peakRssInMib">).peakRssInMib;
}
