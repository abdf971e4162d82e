import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EstateSize, serveAzure } from "../emulated-azure.ts";
import { runWorker, type Usage } from "../worker.ts";
import type { Recording } from "../workers/record.ts";

/** Sweeps by the profile `default` that remember nothing: with every read of Resource Manager, and with a sample of them. */
export interface Reads {
  readonly every: Recording & Usage;
  readonly sampled: Recording & Usage;
}

export async function measureReads(size: EstateSize): Promise<Reads> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-bench-"));
  const azure = await serveAzure(size);
  const sweep = (groups: readonly string[]) =>
    runWorker<Recording>("record", ["default", groups.join(), join(folder, "asks.json")], azure.environment);
  try {
    const every = await sweep([]);
    return { every, sampled: await sweep(every.readOfEach) };
  } finally {
    await azure.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
