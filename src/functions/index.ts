import { app } from "@azure/functions";
import * as df from "durable-functions";
import { createInProcessEngine } from "../application/in-process-engine.ts";
import { readConfig } from "../composition/config.ts";
import { connectApp } from "../composition/wiring.ts";
import { createCheckHandler } from "./check-cluster.ts";
import type { App } from "./context.ts";
import { createDurableEngine, orchestratorName } from "./durable-engine.ts";
import { health } from "./health.ts";
import { createSweepActivities } from "./sweep-activities.ts";
import { activities, orchestrateSweep } from "./sweep-orchestrator.ts";
import { createTimerHandler } from "./sweep-timer.ts";
import { createListHandler, createShowHandler, createStartHandler, type EngineOf } from "./sweeps.ts";

// Wrong settings are refused here, before any trigger exists, with every fault in one message.
const config = readConfig();

let connected: Promise<App> | undefined;
/** Connects at the first trigger, not while the platform waits for the app to load. */
function connect(): Promise<App> {
  connected ??= connectApp(config).catch((error: unknown) => {
    connected = undefined;
    throw error;
  });
  return connected;
}

const isDurable = config.engine === "durable";
const engineOf: EngineOf = (app, context) =>
  isDurable ? createDurableEngine(app, df.getClient(context)) : createInProcessEngine(app.sweep);
const clientInput = isDurable ? { extraInputs: [df.input.durableClient()] } : {};

app.timer("nightlySweep", {
  schedule: "%SWEEP_SCHEDULE%",
  // Storage or the extension may be away for a moment; the slot keeps a second try from being a second sweep.
  retry: { strategy: "fixedDelay", maxRetryCount: 3, delayInterval: { minutes: 5 } },
  ...clientInput,
  handler: createTimerHandler(connect, engineOf),
});
app.http("checkCluster", {
  methods: ["POST"],
  authLevel: "function",
  route: "api/checks",
  handler: createCheckHandler(connect),
});
app.http("startSweep", {
  methods: ["POST"],
  authLevel: "function",
  route: "api/sweeps",
  ...clientInput,
  handler: createStartHandler(connect, engineOf),
});
app.http("listSweeps", {
  methods: ["GET"],
  authLevel: "function",
  route: "api/sweeps",
  handler: createListHandler(connect),
});
app.http("showSweep", {
  methods: ["GET"],
  authLevel: "function",
  route: "api/sweeps/{id}",
  handler: createShowHandler(connect),
});
app.http("health", { methods: ["GET"], authLevel: "anonymous", route: "api/health", handler: health });

if (isDurable) {
  const steps = createSweepActivities(connect);
  df.app.orchestration(orchestratorName, orchestrateSweep);
  df.app.activity(activities.plan, { handler: steps.plan });
  df.app.activity(activities.batch, { handler: steps.batch });
  df.app.activity(activities.finish, { handler: steps.finish });
  df.app.activity(activities.fail, { handler: steps.fail });
}
