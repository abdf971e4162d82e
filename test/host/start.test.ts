import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { schemaFaults } from "../cli/result-schema.ts";
import { descendantsOf, isAlive, type Process } from "./child-processes.ts";
import { type Program, runProgram } from "./run-program.ts";

const serving = /Serving until Ctrl-C/;

let folder: string;
let started: Program[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "midwatch-start-"));
});
afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
  await rm(folder, { recursive: true, force: true });
});

/** Runs it in the test's own folder, as a user would in a checkout. */
function run(program: string, argv: readonly string[], environment: Record<string, string> = {}): Program {
  const made = runProgram(folder, program, argv, environment);
  started.push(made);
  return made;
}

const startProgram = (...argv: string[]) => run("dist/start/start.js", argv);

/** The function app and Azurite. */
async function childrenOf(program: Program): Promise<readonly Process[]> {
  await expect.poll(() => descendantsOf(program.id), { timeout: 20_000, interval: 20 }).toHaveLength(2);
  return descendantsOf(program.id);
}

async function expectGone(processes: readonly Process[]): Promise<void> {
  await expect
    .poll(() => processes.filter(({ id }) => isAlive(id)), { timeout: 15_000, interval: 50 })
    .toEqual([]);
}

function addressIn(program: Program, label: string): string {
  const address = new RegExp(`${label} +(http://127\\.0\\.0\\.1:\\d+)`).exec(program.stdout())?.[1];
  if (address === undefined) throw new Error(`It names no address of ${label}: ${program.stdout()}`);
  return address;
}

// Two nights take seconds, and several times as many beside other tests.
vi.setConfig({ testTimeout: 120_000 });

describe("npm start -- --once", () => {
  it("sweeps two nights, prints the report and leaves nothing behind", async () => {
    const program = startProgram("--once");
    const children = await childrenOf(program);
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toMatch(/api-server-restricted/);
    expect(program.stdout()).toMatch(/Two nights in \d+\.\d s\./);
    expect(program.stdout() + program.stderr()).not.toMatch(/^\s+at .*:\d+/m);
    await expectGone(children);
    expect(await readdir(folder)).toEqual([".midwatch"]);
    expect(await readdir(join(folder, ".midwatch"))).toEqual([]);
  });

  it("disturbs no other start beside it", async () => {
    const first = startProgram("--once");
    await childrenOf(first);
    const second = startProgram("--once");
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
    expect(await readdir(join(folder, ".midwatch"))).toEqual([]);
  });
});

describe("npm start", () => {
  it("serves the app and the cards until Ctrl-C, then ends everything", async () => {
    const program = startProgram();
    const children = await childrenOf(program);
    await program.says(serving);
    const app = addressIn(program, "Sweeps");

    const bodies = [await expectApi(app), await expectTimers(app)];
    const cards = await fetch(`${addressIn(program, "Teams card")}/teams/`);
    expect(cards.status).toBe(200);
    expect(await cards.text()).toMatch(/Card 1/);

    const [runFolder = ""] = await readdir(join(folder, ".midwatch"));
    const log = await readFile(join(folder, ".midwatch", runFolder, "app.log"), "utf8");
    expect(log).toMatch(/sweep finished/);
    // The webhook's address holds its signature, storage's connection string its key.
    expect(log + bodies.join("") + program.stdout()).not.toMatch(/sig=|AccountKey|Bearer|eyJ/);

    program.child.kill("SIGINT");
    expect(await program.ended).toBe(0);
    await expectGone(children);
    await expect(fetch(`${app}/api/health`)).rejects.toThrow();
    expect(await readdir(join(folder, ".midwatch"))).toEqual([]);
  });

  it("is ended by Ctrl-C in the middle of its work, too", async () => {
    const program = startProgram();
    const children = await childrenOf(program);
    program.child.kill("SIGINT");
    expect(await program.ended).toBe(130);
    await expectGone(children);
    expect(program.stderr()).not.toMatch(/Error|^\s+at /m);
    expect(await readdir(join(folder, ".midwatch"))).toEqual([]);
  });

  it("leaves no process behind when it is killed, and clears away the files at the next start", async () => {
    const killed = startProgram();
    const children = await childrenOf(killed);
    killed.child.kill("SIGKILL");
    await killed.ended;
    await expectGone(children);
    expect(await readdir(join(folder, ".midwatch"))).toEqual([`start-${killed.id}`]);

    const next = startProgram();
    await childrenOf(next);
    expect(await readdir(join(folder, ".midwatch"))).toEqual([`start-${next.id}`]);
    next.child.kill("SIGTERM");
    expect(await next.ended).toBe(143);
  });

  it("says in one line that the app is gone, and keeps its log", async () => {
    const program = startProgram();
    const children = await childrenOf(program);
    await program.says(serving);
    const app = children.find(({ command }) => command.includes("serve.js"));
    process.kill(app?.id ?? 0, "SIGKILL");
    expect(await program.ended).toBe(1);
    const log = /^The function app ended\. Its log is (\S+)\.$/m.exec(program.stderr())?.[1] ?? "";
    expect(await readFile(join(folder, log), "utf8")).toMatch(/sweep finished/);
    await expectGone(children);
  });

  it("says in one line why it cannot begin", async () => {
    await writeFile(join(folder, ".midwatch"), "a file where a folder should be");
    const program = startProgram();
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^[^\n]*\.midwatch[^\n]*\n$/);
  });

  it.each([["--ones"], ["--once", "twice"]])("refuses what it does not know: %s", async (...argv) => {
    const program = startProgram(...argv);
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toBe("Usage: npm start [-- --once]\n");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the app's process", () => {
  it("refuses to start without settings, with all faults in one message", async () => {
    const program = run("dist/start/serve.js", [], { MIDWATCH_ENGINE: "threads" });
    expect(await program.ended).toBe(1);
    const lines = program.stderr().trim().split("\n");
    expect(lines[0]).toBe("The settings cannot be used:");
    for (const name of ["SWEEP_SCHEDULE", "MIDWATCH_ENGINE", "MIDWATCH_KEY_VAULT_URI", "MIDWATCH_STORAGE"])
      expect(lines.filter((line) => line.startsWith(`  ${name}`))).toHaveLength(1);
    expect(lines).toHaveLength(5);
  });

  it("says which port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    // A listening TCP server has an address of this kind.
    const { port } = server.address() as AddressInfo;
    try {
      const program = run("dist/start/serve.js", [], {
        MIDWATCH_HOST_PORT: String(port),
        SWEEP_SCHEDULE: "0 0 1 * * *",
        MIDWATCH_STORAGE: "UseDevelopmentStorage=true",
        MIDWATCH_KEY_VAULT_URI: "https://midwatch.vault.azure.net",
      });
      expect(await program.ended).toBe(1);
      expect(program.stderr()).toBe(`Port ${port} is taken.\n`);
    } finally {
      server.close();
    }
  });
});

/** Tries the API as its callers do; answers all it said. */
async function expectApi(app: string): Promise<string> {
  const said: string[] = [];
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(app + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    said.push(text);
    return { status: response.status, headers: response.headers, text };
  };
  const health = await ask("GET", "/api/health");
  expect([health.status, health.text]).toEqual([200, '{"status":"ok"}']);
  for (const [method, path] of [
    ["GET", "/api/checks"],
    ["DELETE", "/api/sweeps"],
    ["HEAD", "/api/health"],
    ["GET", "/api/nothing"],
  ] as const)
    expect((await ask(method, path)).status).toBe(404);

  const list = JSON.parse((await ask("GET", "/api/sweeps")).text);
  expect(list.sweeps).toMatchObject([
    { state: "finished", complete: false, summary: { changes: { new: expect.any(Number) } } },
    { state: "finished" },
  ]);
  expect(list.sweeps[0].summary.changes.new).toBeGreaterThan(0);
  const [{ scope }] = list.sweeps[0].gaps.filter((gap: { scope: string }) =>
    /managedClusters/.test(gap.scope),
  );

  const checked = await ask("POST", "/api/checks", { resourceId: scope });
  expect(checked.status).toBe(200);
  expect(schemaFaults(JSON.parse(checked.text))).toEqual([]);
  const refused = await ask("POST", "/api/checks", { resourceId: "x" });
  expect(refused.status).toBe(400);
  expect(refused.headers.get("Content-Type")).toBe("application/problem+json");
  const missing = await ask("POST", "/api/checks", { resourceId: scope.replace(/[^/]+$/, "aks-nobody") });
  expect(missing.status).toBe(404);
  return said.join("\n");
}

/** Two timers at once, with the lock in a real table: one sweep of the slot. */
async function expectTimers(app: string): Promise<string> {
  const sweeps = async () => {
    const response = await fetch(`${app}/api/sweeps`);
    // Shape: sweep-summary.ts.
    return ((await response.json()) as { readonly sweeps: { readonly id: string; readonly state: string }[] })
      .sweeps;
  };
  const before = await sweeps();
  const fire = () => fetch(`${app}/admin/functions/nightlySweep`, { method: "POST" });
  const fired = await Promise.all([fire(), fire(), fire()]);
  expect(fired.map(({ status }) => status)).toEqual([202, 202, 202]);
  await expect
    .poll(async () => (await sweeps()).map(({ state }) => state), { timeout: 20_000, interval: 100 })
    .toEqual([...before.map(({ state }) => state), "finished"]);
  const slots = (await sweeps()).filter(({ id }) => id.endsWith("T01-00-00Z"));
  expect(slots).toHaveLength(1);
  return JSON.stringify(await sweeps());
}
