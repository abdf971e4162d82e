import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzurite } from "../src/host/azurite.ts";

/**
 * Azurite with nothing in it. It keeps all in memory: on disk it writes its whole database anew every five seconds, which
 * takes as long as a third of a sweep and falls on some sweeps and not on others.
 */
export interface Storage {
  readonly connectionString: string;
  /** Whether a request counted as `METHOD host` went there. */
  owns(request: string): boolean;
  stop(): Promise<void>;
}

export async function startStorage(): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-bench-"));
  const { connectionString, blobPort, tablePort, stop } = await startAzurite({ folder, inMemory: true });
  return {
    connectionString,
    owns: (request) => request.endsWith(`:${blobPort}`) || request.endsWith(`:${tablePort}`),
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
