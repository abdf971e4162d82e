import { fstatSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGeneratedEstate } from "../emulator/estate/generated/generated-estate.ts";
import { startEmbeddedAzure } from "./emulated-azure.ts";
import { readEstateOptions } from "./estate-options.ts";

/**
 * The process that serves an emulated Azure of any size, so that whoever is measured shares neither memory nor
 * processor time with it. Its first line is JSON: `{url, caFile, identityEndpoint, identityHeader, environment}`.
 */
async function serveEstate(): Promise<void> {
  const { wishes, quota } = readEstateOptions(process.argv.slice(2));
  const ended = parentEnds();
  const folder = await mkdtemp(join(tmpdir(), "midwatch-azure-"));
  try {
    const azure = await startEmbeddedAzure(folder, {
      ...(wishes && { estate: createGeneratedEstate(wishes) }),
      quota,
      // The tally counts them all.
      rememberedRequests: 0,
    });
    const { url, caFile, identityEndpoint, identityHeader, environment } = azure;
    console.log(JSON.stringify({ url, caFile, identityEndpoint, identityHeader, environment }));
    await ended;
    await azure.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** When the parent says so, closes what it holds of this process, or is gone. */
function parentEnds(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
    process.once("disconnect", () => resolve());
    // Whoever started this process may be gone before this line.
    if (process.connected === false) resolve();
    // A pipe is somebody's; a terminal, a file or nothing at all tells nothing by its end.
    const stdin = fstatSync(0);
    if (stdin.isFIFO() || stdin.isSocket()) process.stdin.resume().once("end", () => resolve());
  });
}

serveEstate().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
