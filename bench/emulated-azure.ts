import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stopChild } from "../src/host/stop-child.ts";

export interface EstateSize {
  readonly clusters: number;
  readonly subscriptions: number;
  readonly nights?: number;
  /** The share of clusters that change each night, 0 to 1. */
  readonly drift?: number;
  readonly quota?: "enforced" | "off";
}

/** What the emulated Azure served since its tally was reset. */
export interface Tally {
  readonly queries: number;
  readonly rows: number;
  readonly throttled: number;
  readonly cards: number;
}

/** An emulated Azure in a process of its own. */
export interface ServedAzure {
  readonly environment: Readonly<Record<string, string>>;
  setNight(index: number): Promise<void>;
  resetTally(): Promise<void>;
  tally(): Promise<Tally>;
  stop(): Promise<void>;
}

export async function serveAzure(size: EstateSize): Promise<ServedAzure> {
  const { clusters, subscriptions, nights = 1, drift = 0, quota = "off" } = size;
  const options = { clusters, subscriptions, nights, drift, quota };
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("../start/serve-estate.js", import.meta.url)),
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = once(child, "close").then(([code]) => {
    throw new Error(`The emulated Azure ended with ${code} before it served.`);
  });
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  ended.catch(() => undefined);
  // The process's own first line, in the shape it documents.
  const { identityEndpoint, environment } = JSON.parse(String(line)) as {
    readonly identityEndpoint: string;
    readonly environment: Readonly<Record<string, string>>;
  };
  // By its plain port: this process does not know its certificate authority.
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(path, identityEndpoint), {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The emulated Azure answered ${answer.status} to ${method} ${path}.`);
    return answer.status === 204 ? null : answer.json();
  };
  return {
    environment,
    setNight: async (index) => void (await send("PUT", "/emulator/night", { night: index })),
    resetTally: async () => void (await send("DELETE", "/emulator/tally")),
    tally: async () => (await send("GET", "/emulator/tally")) as Tally,
    stop: () => stopChild(child, 10_000),
  };
}
