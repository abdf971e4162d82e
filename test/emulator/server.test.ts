import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ManagedIdentityCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createEmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import { type EmulatedAzureServer, startEmulatedAzure } from "../../src/emulator/server.ts";
import { allPages } from "../support/emulated-clients.ts";
import { estateOf, smallWorld, wideWorld } from "../support/world-small.ts";

const query = "resources | project id, name | order by id asc";
const azure = createEmulatedAzure({
  estate: estateOf(wideWorld(1_050), smallWorld()),
  teams: {
    handles: ({ pathname }) => pathname.startsWith("/teams/"),
    handle: async ({ body }) => ({ status: 202, headers: {}, body: `posted ${body}` }),
  },
});

let folder = "";
let server: EmulatedAzureServer;
let ca = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-"));
  server = await startEmulatedAzure(azure, { folder: join(folder, "trust") });
  ca = await readFile(server.caFile, "utf8");
  vi.stubEnv("IDENTITY_ENDPOINT", server.identityEndpoint);
  vi.stubEnv("IDENTITY_HEADER", server.identityHeader);
});
afterEach(() => {
  azure.faults.clear();
  azure.setNight(0);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

/** Options that put an SDK client onto the server, trusting its authority, without retries. */
const overSockets = () => ({ endpoint: server.url, tlsOptions: { ca }, retryOptions: { maxRetries: 0 } });
const graph = (credential = emulatedCredential(azure)) => new ResourceGraphClient(credential, overSockets());

/** A bare request, with the authority that a browser or curl would have to be given too. */
function send(method: string, path: string, body = ""): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(`${server.url}${path}`, { method, ca }, async (response) => {
      const text = (await response.toArray()).join("");
      resolve({ status: response.statusCode ?? 0, body: text });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("the emulated Azure over sockets", () => {
  it("gives a managed identity its token, with which pages are read", async () => {
    const credential = new ManagedIdentityCredential({ clientId: "44444444-4444-4444-8444-444444444444" });
    const pages = [];
    let skipToken: string | undefined;
    do {
      const page = await graph(credential).resources({ query, options: { ...(skipToken && { skipToken }) } });
      pages.push(page.count);
      skipToken = page.skipToken;
    } while (skipToken);
    expect(pages).toEqual([1000, 50]);
    expect(azure.requests.some(({ service, status }) => service === "identity" && status === 200)).toBe(true);
  });

  it("answers over sockets what it answers in process", async () => {
    const overWire = await graph().resources({ query, options: { top: 5 } });
    const [inProcess] = await allPages(azure, { query, options: { top: 5 } }, 1);
    expect(overWire.data).toEqual(inProcess?.data);
  });

  it("hands out secrets after the challenge", async () => {
    const credential = new ManagedIdentityCredential();
    const vault = new SecretClient(server.url, credential, {
      ...overSockets(),
      disableChallengeResourceVerification: true,
    });
    azure.clearRequests();
    expect(await vault.getSecret("Teams-Webhook")).toMatchObject({
      name: "teams-webhook",
      value: "https://example.invalid/hook",
    });
    expect(
      azure.requests.filter(({ service }) => service === "keyVault").map(({ status }) => status),
    ).toEqual([401, 200]);
    await expect(vault.getSecret("gone")).rejects.toMatchObject({ statusCode: 404, code: "SecretNotFound" });
  });

  it("is refused by the secret client unless its loopback address is let pass", async () => {
    const vault = new SecretClient(server.url, emulatedCredential(azure), overSockets());
    await expect(vault.getSecret("teams-webhook")).rejects.toThrow("does not match the requested domain");
  });

  it("is trusted by a process started with its authority", async () => {
    const script = `fetch(${JSON.stringify(`${server.url}/subscriptions`)}).then((answer) => console.log(answer.status))`;
    const run = (env: NodeJS.ProcessEnv) => promisify(execFile)(process.execPath, ["-e", script], { env });
    expect((await run({ ...process.env, NODE_EXTRA_CA_CERTS: server.caFile })).stdout.trim()).toBe("401");
    await expect(run({ ...process.env, NODE_EXTRA_CA_CERTS: "" })).rejects.toThrow(
      /UNABLE_TO_VERIFY|self-signed|fetch failed/,
    );
  });

  it("passes on what lies under /teams/", async () => {
    expect(await send("POST", "/teams/hook", "card")).toEqual({ status: 202, body: "posted card" });
  });

  it("keeps a hanging request open until the caller gives up", async () => {
    azure.faults.add({ match: {}, kind: "hang" });
    const controller = new AbortController();
    const reading = graph().resources({ query }, { abortSignal: controller.signal });
    const seen = azure.requests.length;
    await vi.waitUntil(() => azure.requests.length > seen);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("breaks the connection when told to", async () => {
    azure.faults.add({ match: {}, kind: "reset" });
    await expect(graph().resources({ query })).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("closes although a request hangs", async () => {
    const second = await startEmulatedAzure(azure, { folder });
    azure.faults.add({ match: {}, kind: "hang" });
    const trusted = { ca: await readFile(second.caFile, "utf8") };
    const broken = new Promise((resolve) => {
      httpsRequest(`${second.url}/subscriptions`, trusted).on("error", resolve).end();
    });
    const seen = azure.requests.length;
    await vi.waitUntil(() => azure.requests.length > seen);
    await second.close();
    expect(await broken).toMatchObject({ code: "ECONNRESET" });
  });

  it("says so when the port is taken", async () => {
    const { port } = new URL(server.url);
    await expect(startEmulatedAzure(azure, { folder, port: Number(port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});

describe("the switches of the emulated Azure", () => {
  it("turn the night", async () => {
    expect((await send("PUT", "/emulator/night", '{"night": 1}')).status).toBe(200);
    expect(azure.night).toBe(1);
    expect((await send("PUT", "/emulator/night", '{"night": 7}')).status).toBe(400);
  });

  it("replace the faults", async () => {
    const fault = { kind: "403", match: { service: "resourceGraph", nth: 1 }, times: 1 };
    expect((await send("PUT", "/emulator/faults", JSON.stringify([fault]))).status).toBe(200);
    await expect(graph().resources({ query })).rejects.toMatchObject({ statusCode: 403 });
    await send("PUT", "/emulator/faults", JSON.stringify([{ kind: "hang" }]));
    await send("PUT", "/emulator/faults", "[]");
    await expect(graph().resources({ query })).resolves.toMatchObject({ totalRecords: 1_050 });
  });

  it.each([
    ["PUT", "/emulator/faults", '[{"kind": "sulk"}]', 400],
    ["PUT", "/emulator/faults", '[{"kind": "500", "match": {"service": "post office"}}]', 400],
    ["PUT", "/emulator/faults", '[{"kind": "500", "times": "twice"}]', 400],
    ["PUT", "/emulator/faults", '{"kind": "500"}', 400],
    ["PUT", "/emulator/night", '{"night": "second"}', 400],
    ["PUT", "/emulator/night", "nonsense", 400],
    ["GET", "/emulator/weather", "", 404],
  ])("refuse %s %s %s", async (method, path, body, status) => {
    expect((await send(method, path, body)).status).toBe(status);
  });
});

describe("the emulated managed identity endpoint", () => {
  const ask = async (search: string, headers: Record<string, string>) => {
    const answer = await fetch(`${server.identityEndpoint}?${search}`, { headers });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };
  const good = "resource=https%3A%2F%2Fvault.azure.net&api-version=2019-08-01";

  it("answers as App Service does, its times as strings", async () => {
    const { body } = await ask(good, { "x-identity-header": server.identityHeader });
    expect(body).toMatchObject({
      token_type: "Bearer",
      resource: "https://vault.azure.net",
      expires_on: expect.stringMatching(/^\d+$/),
    });
    const [, claims = ""] = body.access_token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      aud: "https://vault.azure.net",
    });
  });

  it.each([
    [401, good, {}],
    [401, good, { "x-identity-header": "guess" }],
    [400, "resource=https%3A%2F%2Fvault.azure.net&api-version=2017-09-01", undefined],
    [400, "api-version=2019-08-01", undefined],
  ])("answers %i to ?%s with %o", async (status, search, headers) => {
    expect((await ask(search, headers ?? { "x-identity-header": server.identityHeader })).status).toBe(
      status,
    );
  });
});
