import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";

const program = "dist/start/serve-estate.js";
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** The program's first line, read. */
interface Served {
  readonly url: string;
  readonly caFile: string;
  readonly identityEndpoint: string;
  readonly identityHeader: string;
  readonly environment: Readonly<Record<string, string>>;
}

function start(argv: readonly string[], stdin: "ignore" | "pipe" = "ignore"): ChildProcess {
  const child = spawn(process.execPath, [program, ...argv], { stdio: [stdin, "pipe", "pipe", "ipc"] });
  started.push(child);
  return child;
}

async function serve(child: ChildProcess): Promise<Served> {
  if (!child.stdout) throw new Error("The program writes to nobody.");
  const [line] = await once(createInterface(child.stdout), "line");
  return JSON.parse(String(line));
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

/** Asks the served Azure as the product does, with a token of its identity endpoint. */
async function ask(served: Served, method: string, path: string, body = "") {
  const ca = await readFile(served.caFile, "utf8");
  const token = await tokenFor(served, "https://management.azure.com");
  return send(`${served.url}${path}`, { method, ca, token, body });
}

async function tokenFor({ identityEndpoint, identityHeader }: Served, resource: string): Promise<string> {
  const issued = await fetch(`${identityEndpoint}?api-version=2019-08-01&resource=${resource}`, {
    headers: { "x-identity-header": identityHeader },
  });
  // The identity endpoint's own form.
  const { access_token } = (await issued.json()) as { readonly access_token: string };
  return access_token;
}

interface Sent {
  readonly method: string;
  readonly ca: string;
  readonly token: string;
  readonly body?: string;
}

function send(url: string, { method, ca, token, body = "" }: Sent): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ca, headers, agent: false }, async (response) => {
      resolve(JSON.parse(Buffer.concat(await response.toArray()).toString("utf8")));
    });
    sent.on("error", reject).end(body);
  });
}

const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
const query = JSON.stringify({
  query:
    "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, properties | order by id asc",
});

describe("the process that serves an estate", () => {
  it("serves what it was asked for, counts what it served, and ends by SIGTERM without a trace", async () => {
    const child = start([
      ...["--clusters", "1200", "--subscriptions", "40", "--nights", "3", "--made", "0.05"],
      ...["--share", "openApiServer=0.5", "--quota", "off"],
    ]);
    const served = await serve(child);
    expect(served.environment).toMatchObject({
      MIDWATCH_ARM_ENDPOINT: served.url,
      NODE_EXTRA_CA_CERTS: served.caFile,
      IDENTITY_HEADER: served.identityHeader,
      MIDWATCH_WEBHOOK_SECRET: "teams-webhook",
    });
    const page = await ask(served, "POST", graph, query);
    expect(page).toMatchObject({ totalRecords: 1_200, count: 1_000, resultTruncated: "false" });
    await ask(served, "PUT", "/emulator/night", '{"night": 2}');
    expect(await ask(served, "POST", graph, query)).toMatchObject({ totalRecords: 1_320 });

    expect(await ask(served, "GET", "/emulator/tally")).toMatchObject({
      answers: { resourceGraph: { "200": 2 } },
      queries: 2,
      rows: 2_000,
      throttled: 0,
      cards: 0,
    });
    expect(await ask(served, "DELETE", "/emulator/tally")).toMatchObject({ rows: 0 });

    child.kill("SIGTERM");
    expect(await exitCode(child)).toBe(0);
    expect(existsSync(served.caFile)).toBe(false);
  });

  it("serves the hand-made estate without a size, and enforces the quota if told to", async () => {
    const served = await serve(start(["--quota", "enforced"]));
    const { totalRecords } = await ask(served, "POST", graph, query);
    expect(totalRecords).toBe(38);
    await Promise.all(Array.from({ length: 40 }, () => ask(served, "POST", graph, query)));
    const { throttled, answers } = await ask(served, "GET", "/emulator/tally");
    expect(throttled).toBeGreaterThan(0);
    expect(answers).toMatchObject({ resourceGraph: { "429": throttled } });
  });

  it("serves the API servers of its clusters, which vouch for themselves", async () => {
    const served = await serve(start(["--clusters", "30", "--subscriptions", "3", "--seed", "2"]));
    const { data } = await ask(served, "POST", graph, query);
    // The query projects it.
    const ids = (data as readonly { readonly id: string }[]).map(({ id }) => id);
    const kubeconfigs = await Promise.all(
      ids.map(async (id) => {
        const path = `${id}/listClusterUserCredential?api-version=2026-06-01`;
        const [, value = ""] =
          /"value":"([^"]+)"/.exec(JSON.stringify(await ask(served, "POST", path))) ?? [];
        return Buffer.from(value, "base64").toString("utf8");
      }),
    );
    const open = kubeconfigs.find((text) => /server: https:\/\/127\.0\.0\.1:.*/.test(text)) ?? "";
    const read = (key: string) => new RegExp(`${key}: (.+)`).exec(open)?.[1] ?? "";
    const ca = Buffer.from(read("certificate-authority-data"), "base64").toString("utf8");
    expect(ca).not.toBe(await readFile(served.caFile, "utf8"));
    const token = await tokenFor(served, "6dae42f8-4368-4678-94ff-3960e28e3630");
    const page = await send(`${read("server")}/api/v1/namespaces?limit=2`, { method: "GET", ca, token });
    expect(page).toMatchObject({ kind: "NamespaceList", metadata: { continue: expect.any(String) } });
  });

  it("ends when its parent lets go of it", async () => {
    const disconnected = start(["--clusters", "3"]);
    await serve(disconnected);
    disconnected.disconnect();
    expect(await exitCode(disconnected)).toBe(0);

    const closed = start(["--clusters", "3"], "pipe");
    await serve(closed);
    closed.stdin?.end();
    expect(await exitCode(closed)).toBe(0);
  });

  it.each([
    [["--clusters", "many"], "not a number"],
    [["--clusters", "10", "--drift", "2"], "drift is 2"],
    [["--share", "sunshine=1"], "openApiServer"],
    [["--quota", "some"], "enforced, off"],
  ])("refuses %j", async (argv, message) => {
    const child = start(argv);
    let told = "";
    child.stderr?.on("data", (piece) => {
      told += String(piece);
    });
    expect(await exitCode(child)).toBe(1);
    expect(told).toContain(message);
  });
});
