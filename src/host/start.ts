import { rm } from "node:fs/promises";
import { join } from "node:path";
import cliProgress from "cli-progress";
import pc from "picocolors";
import { openStorage } from "../adapters/storage/open-storage.ts";
import { readSweep } from "../application/read-sweep.ts";
import { catalogue } from "../controls/index.ts";
import { presentTerminalReport } from "../presenters/terminal-report.ts";
import { type AppProcess, startAppProcess } from "./app-process.ts";
import { startAzurite } from "./azurite.ts";
import { type EmbeddedAzure, startEmbeddedAzure } from "./emulated-azure.ts";
import { freePort } from "./free-port.ts";
import { makeRunFolder } from "./run-folder.ts";
import { type SweepView, sweepOverHttp } from "./sweep-over-http.ts";

/** What runs beside this process, and how to end it. */
interface Running {
  readonly azure: EmbeddedAzure;
  readonly app: AppProcess;
  readonly connectionString: string;
}

type Closing = (() => Promise<unknown>)[];

/** `npm start`: the whole job on a made-up tenant, two nights of it, then serving until Ctrl-C. Answers the exit code. */
async function start(isOnce: boolean): Promise<number> {
  // Everything is on loopback, where a proxy of this machine does not reach.
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
  const interrupted = signalled();
  const closing: Closing = [];
  try {
    const folder = await makeRunFolder();
    const outcome = await Promise.race([sweepTwoNights(folder, closing), interrupted]);
    const isInterrupted = typeof outcome === "number";
    if (!isInterrupted && !isOnce) await serve(outcome, folder, interrupted);
    // After a failure it stays, for its log; the next start clears it away.
    closing.unshift(() => rm(folder, { recursive: true, force: true }));
    return isInterrupted ? outcome : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await closeAll(closing);
  }
}

async function sweepTwoNights(folder: string, closing: Closing): Promise<Running> {
  const began = performance.now();
  console.log(pc.dim("Starting an emulated Azure, Azurite and the function app …"));
  const running = await startAll(folder, closing);
  await Promise.race([sweepTwice(running), running.app.failed]);
  console.log(pc.dim(`Two nights in ${((performance.now() - began) / 1000).toFixed(1)} s.`));
  return running;
}

async function serve({ azure, app }: Running, folder: string, interrupted: Promise<unknown>): Promise<void> {
  console.log(`${pc.bold("Teams card")}   ${azure.cardsUrl}`);
  console.log(`${pc.bold("Sweeps")}       ${app.url}/api/sweeps`);
  console.log(pc.dim(`The app's log is ${join(folder, "app.log")}. Serving until Ctrl-C.`));
  await Promise.race([interrupted, app.failed]);
}

async function startAll(folder: string, closing: Closing): Promise<Running> {
  const azure = await startEmbeddedAzure(folder);
  closing.push(azure.close);
  const { connectionString, stop } = await startAzurite({ folder: join(folder, "azurite") });
  closing.push(stop);
  const port = await freePort();
  const app = await startAppProcess(
    {
      ...azure.environment,
      MIDWATCH_STORAGE: connectionString,
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
  return { azure, app, connectionString };
}

async function sweepTwice({ azure, app, connectionString }: Running): Promise<void> {
  console.log(pc.dim("Night one: sweeping quietly, to have something to compare with …"));
  await sweepOverHttp(app.url, () => undefined);
  azure.setNight(1);
  const sweep = await sweepWithProgress(app.url);

  const { archive } = await openStorage({ connection: { connectionString } });
  const result = await readSweep(archive, sweep.id);
  if (!result) throw new Error(`Sweep ${sweep.id} left no evidence.`);
  const layout = { columns: process.stdout.columns ?? 100, isColoured: pc.isColorSupported };
  console.log(presentTerminalReport(result, catalogue, layout));
}

async function sweepWithProgress(appUrl: string): Promise<SweepView> {
  const bar = new cliProgress.SingleBar({
    format: "Night two  {bar} {value}/{total} batches",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    stream: process.stderr,
  });
  let isShown = false;
  try {
    return await sweepOverHttp(appUrl, ({ done, total }) => {
      if (total === 0) return;
      if (!isShown) bar.start(total, done);
      isShown = true;
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

/** The exit code that says which signal it was. */
function signalled(): Promise<number> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve(130)).once("SIGTERM", () => resolve(143));
  });
}

/** Ends the last that was started first, and the others even if one does not end well. */
async function closeAll(closing: Closing): Promise<void> {
  for (const end of closing.reverse()) await Promise.allSettled([end()]);
}

const [option, ...others] = process.argv.slice(2);
if (others.length > 0 || (option !== undefined && option !== "--once")) {
  console.error("Usage: npm start [-- --once]");
  process.exit(2);
}
start(option === "--once").then((code) => process.exit(code));
