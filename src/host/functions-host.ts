import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { Cron } from "croner";
import { createCoreModule, type Invocation, type RegisteredFunction } from "./functions-core.ts";
import { matchRoute } from "./routes.ts";

/** The built app on this machine, as the Functions runtime would serve it. */
export interface FunctionsHost {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly functions: readonly RegisteredFunction[];
  /** Calls a function as its trigger would; answers what it returned. */
  invoke(name: string, inputs: readonly Invocation["inputs"][number][]): Promise<unknown>;
  close(): Promise<void>;
}

export interface FunctionsHostOptions {
  /** The built entry (CommonJS). */
  readonly entry: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** App settings, for `%NAME%` in schedules. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly log: (level: string, message: string) => void;
}

/** Loads the built app and serves its HTTP routes and timers on loopback. Throws what the app throws while it loads: wrong settings, for one. */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const core = createCoreModule(options.log);
  loadEntry(options.entry, core.api);
  const functions = core.functions();

  const server = createServer((request, response) => {
    answer(functions, core.invoke, request, response).catch((error: unknown) => {
      options.log("error", error instanceof Error ? error.message : String(error));
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, options.port);
  const timers = functions.flatMap((one) => startTimer(one, core.invoke, options));

  return {
    // A TCP server's address is never a string or null while it listens.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    functions,
    invoke: (name, inputs) => {
      const found = functions.find((one) => one.name === name);
      if (!found) throw new Error(`The app has no function ${name}.`);
      return core.invoke(found, { inputs });
    },
    close: () => {
      for (const timer of timers) timer.stop();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Invoke = (registered: RegisteredFunction, invocation: Invocation) => Promise<unknown>;

/** The runtime puts `@azure/functions-core` where the app can require it; so does this. */
function loadEntry(entry: string, api: unknown): void {
  const require = createRequire(entry);
  const { Module } = require("node:module");
  const load = Module._load;
  Module._load = (request: string, ...rest: unknown[]) =>
    request === "@azure/functions-core" ? api : load(request, ...rest);
  try {
    delete require.cache[require.resolve(entry)];
    require(entry);
  } finally {
    Module._load = load;
  }
}

async function answer(
  functions: readonly RegisteredFunction[],
  invoke: Invoke,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const fired = /^\/admin\/functions\/(\w+)$/.exec(url.pathname)?.[1];
  const timer = functions.find(({ name, trigger }) => name === fired && trigger.type === "timerTrigger");
  if (timer && request.method === "POST") {
    await invoke(timer, { inputs: [{ name: timer.trigger.name, data: timerData(false) }] });
    response.writeHead(202).end();
    return;
  }

  // As on the real runtime, a wrong method is 404 and not 405.
  const match = matchRoute(functions, request.method ?? "GET", url.pathname);
  if (!match) {
    response.writeHead(404).end();
    return;
  }
  const http = {
    method: request.method,
    url: url.href,
    headers: flatHeaders(request),
    query: Object.fromEntries(url.searchParams),
    params: match.params,
    body: { bytes: await readBytes(request) },
  };
  const reply = await invoke(match.registered, {
    inputs: [{ name: match.registered.trigger.name, data: { http } }],
  });
  writeReply(response, reply);
}

function writeReply(response: ServerResponse, reply: unknown): void {
  // What the library's toRpcHttp makes: status as text, headers by name, body as one of the RPC data kinds.
  const { http } = (reply ?? {}) as {
    http?: {
      statusCode?: string;
      headers?: Record<string, string>;
      body?: { bytes?: Uint8Array; string?: string };
    };
  };
  if (!http) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(Number(http.statusCode ?? 200), http.headers);
  response.end(http.body?.bytes ?? http.body?.string);
}

function startTimer(
  registered: RegisteredFunction,
  invoke: Invoke,
  { settings, log }: FunctionsHostOptions,
): readonly Cron[] {
  if (registered.trigger.type !== "timerTrigger") return [];
  const schedule = String(registered.trigger.schedule).replace(
    /^%(.+)%$/,
    (_, name: string) => settings[name] ?? "",
  );
  const fire = () => {
    invoke(registered, { inputs: [{ name: registered.trigger.name, data: timerData(false) }] }).catch(
      (error: unknown) => log("error", error instanceof Error ? error.message : String(error)),
    );
  };
  return [new Cron(schedule, { timezone: "UTC", domAndDow: true, unref: true }, fire)];
}

function timerData(isPastDue: boolean) {
  return {
    json: JSON.stringify({ Schedule: { AdjustForDST: false }, ScheduleStatus: null, IsPastDue: isPastDue }),
  };
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`Port ${port} is taken.`, { cause: error }) : error),
    );
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
