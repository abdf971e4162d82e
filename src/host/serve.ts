import { fileURLToPath } from "node:url";
import { type FunctionsHost, startFunctionsHost } from "./functions-host.ts";

/** The process that stands for the Functions runtime: serves the built app until SIGTERM, as its environment says. */
async function serve(): Promise<void> {
  let host: FunctionsHost | undefined;
  // Whoever started this process may be gone at any time, even before this line.
  if (process.connected === false) process.exit(0);
  process.once("disconnect", () => process.exit(0));
  process.once("SIGTERM", () => {
    (host?.close() ?? Promise.resolve()).then(() => process.exit(0));
  });
  host = await startFunctionsHost({
    entry: fileURLToPath(new URL("../functions/index.cjs", import.meta.url)),
    port: Number(process.env.MIDWATCH_HOST_PORT ?? 7071),
    settings: process.env,
    log: (level, message) => process.stderr.write(`${new Date().toISOString()} ${level} ${message}\n`),
  });
  // The parent waits for this line.
  console.log(host.url);
}

serve().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
