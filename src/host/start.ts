import { rm } from "node:fs/promises";
import { join } from "node:path";
import cliProgress from "cli-progress";
import pc from "picocolors";
import { openStorage } from "../adapters/storage/open-storage.ts";
import { readSweep } from "../application/read-sweep.ts";
import { catalogue } from "../controls/index.ts";
import { presentTerminalReport } from "../presenters/terminal-report.ts";
import { startAppProcess } from "./app-process.ts";
import { startAzurite } from "./azurite.ts";
import { startEmbeddedAzure } from "./emulated-azure.ts";
import { freePort } from "./free-port.ts";
import { sweepOverHttp } from "./sweep-over-http.ts";

/** Everything of one run lives here and is made afresh; git ignores it. */
const folder = ".midwatch/start";

/** `npm start`: the whole job on a made-up tenant, two nights of it, then serving until Ctrl-C. */
async function start(isOnce: boolean): Promise<void> {
  const began = performance.now();
  await rm(folder, { recursive: true, force: true });
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing.reverse().splice(0)) await end();
  };
  try {
    console.log(pc.dim("Starting an emulated Azure, Azurite and the function app …"));
    const azure = await startEmbeddedAzure(folder);
    closing.push(azure.close);
    const azurite = await startAzurite({ folder: join(folder, "azurite") });
    closing.push(azurite.stop);
    const port = await freePort();
    const app = await startAppProcess(
      {
        ...azure.environment,
        MIDWATCH_STORAGE: azurite.connectionString,
        SWEEP_SCHEDULE: "0 0 1 * * *",
        MIDWATCH_ENGINE: "inProcess",
        MIDWATCH_PUBLIC_URL: `http://127.0.0.1:${port}`,
        MIDWATCH_HOST_PORT: String(port),
        // Small batches, so that there is progress to see in a fleet this small.
        MIDWATCH_BATCH_CLUSTERS: "4",
      },
      join(folder, "app.log"),
    );
    closing.push(app.stop);

    console.log(pc.dim("Night one: sweeping quietly, to have something to compare with …"));
    await sweepOverHttp(app.url, () => undefined);
    azure.setNight(1);
    const sweep = await sweepWithProgress(app.url);

    const { archive } = await openStorage({ connection: azurite });
    const result = await readSweep(archive, sweep.id);
    if (!result) throw new Error(`Sweep ${sweep.id} left no evidence.`);
    console.log(
      presentTerminalReport(result, catalogue, {
        columns: process.stdout.columns ?? 100,
        isColoured: pc.isColorSupported,
      }),
    );
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${pc.bold("Teams card")}   ${azure.cardsUrl}\n${pc.bold("Sweeps")}       ${app.url}/api/sweeps`,
    );
    console.log(pc.dim(`Two nights in ${seconds} s. The app's log is ${join(folder, "app.log")}.`));
    if (isOnce) return;

    console.log(pc.dim("Serving until Ctrl-C."));
    await new Promise<void>((resolve) =>
      process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve()),
    );
  } finally {
    await close();
  }
}

async function sweepWithProgress(appUrl: string) {
  const bar = new cliProgress.SingleBar({
    format: "Night two  {bar} {value}/{total} batches",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    stream: process.stderr,
  });
  let isShown = false;
  const sweep = await sweepOverHttp(appUrl, ({ done, total }) => {
    if (total === 0) return;
    if (!isShown) bar.start(total, done);
    isShown = true;
    bar.update(done);
  });
  bar.stop();
  return sweep;
}

start(process.argv.includes("--once")).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
