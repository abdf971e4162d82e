import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AzureAccess } from "../../src/adapters/azure/azure-access.ts";
import { createFleetSource } from "../../src/adapters/azure/fleet-source.ts";
import { createEmulatedAzure } from "../../src/emulator/azure.ts";
import { emulatedCredential } from "../../src/emulator/emulated-credential.ts";
import type { FaultKind } from "../../src/emulator/fault-kinds.ts";
import { type EmulatedAzureServer, startEmulatedAzure } from "../../src/emulator/server.ts";
import { failureOf, listed } from "../support/outcomes.ts";
import { estateOf, payments } from "../support/world-small.ts";

const azure = createEmulatedAzure({ estate: estateOf() });
const clusterId = `/subscriptions/${payments}/resourceGroups/rg-aks-pay-1/providers/Microsoft.ContainerService/managedClusters/aks-pay-1`;

let folder = "";
let server: EmulatedAzureServer;
let httpClient: HttpClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-"));
  server = await startEmulatedAzure(azure, { folder });
  const ca = await readFile(server.caFile, "utf8");
  const client = createDefaultHttpClient();
  httpClient = {
    sendRequest(request) {
      request.tlsSettings = { ca };
      return client.sendRequest(request);
    },
  };
});
afterEach(() => azure.faults.clear());
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The product's own client on real sockets, at its wits' end after one try. */
function fleet(tryTimeoutInMs: number) {
  const access: AzureAccess = {
    credential: emulatedCredential(azure),
    endpoint: server.url,
    scopes: [`${server.url}/.default`],
    httpClient,
    patience: { tries: 1, tryTimeoutInMs, longestWaitInMs: 0, sleep: async () => undefined },
  };
  return createFleetSource(access);
}

describe("a body that trickles over sockets", () => {
  it.each([
    ["Resource Graph", () => listed(fleet(150).clusters([payments]))],
    ["Resource Manager", () => fleet(150).presence(clusterId)],
  ])("ends by the client's own patience: %s", async (_, read) => {
    azure.faults.add({ match: {}, kind: "slowDrip" });
    expect(await failureOf(read())).toMatchObject({
      reason: "unavailable",
      message: expect.stringContaining("no answer came in time"),
    });
  });

  it("is read to the end by a client that has the patience", async () => {
    azure.faults.add({ match: {}, kind: "slowDrip", dripInMs: 200 });
    expect(await listed(fleet(10_000).clusters([payments]))).toHaveLength(2);
  });
});

describe("an answer over sockets", () => {
  const odd: readonly FaultKind[] = [
    "emptyBody",
    "jsonArray",
    "jsonText",
    "jsonNull",
    "truncatedJson",
    "html",
  ];

  it.each(odd)("is no page and no cluster under %s", async (kind) => {
    azure.faults.add({ match: {}, kind });
    const readings = [listed(fleet(10_000).clusters([payments])), fleet(10_000).presence(clusterId)];
    for (const reading of readings)
      expect(await failureOf(reading)).toMatchObject({
        reason: expect.stringMatching(/malformed|unavailable/),
      });
  });
});

describe("the switches of the emulated Azure", () => {
  const put = async (path: string, body: unknown) => {
    const answer = await azure.handle({
      method: "PUT",
      url: `${server.url}/emulator/${path}`,
      headers: {},
      body: JSON.stringify(body),
    });
    return typeof answer === "string" ? answer : answer.status;
  };

  it("turn on every kind of fault, with all that belongs to it", async () => {
    const faults = [
      { kind: "429", match: { from: 2 }, retryAfter: "86400" },
      { kind: "slowDrip", match: {}, dripInMs: 5 },
      { kind: "wrongTypes", match: {}, seed: 7, alterations: 20 },
      { kind: "rowsVanish", match: { service: "resourceGraph" } },
      { kind: "nextNight", match: {} },
    ];
    expect(await put("faults", faults)).toBe(200);
    expect(await put("faults", [{ kind: "wrongTypes", seed: "seven" }])).toBe(400);
    expect(await put("faults", [{ kind: "403", match: { from: "the second" } }])).toBe(400);
  });

  it("turn the clock, by which a token ends", async () => {
    const { token } = azure.issueToken("https://management.azure.com");
    const read = async () => {
      const url = "https://management.azure.com/subscriptions?api-version=2022-12-01";
      const headers = { authorization: `Bearer ${token}` };
      const answer = await azure.handle({ method: "GET", url, headers, body: "" });
      return typeof answer === "string" ? answer : answer.status;
    };
    expect(await read()).toBe(200);
    expect(await put("clock", { forwardInSeconds: 30 * 3600 })).toBe(200);
    expect(await read()).toBe(401);
    expect(await put("clock", { forwardInSeconds: "soon" })).toBe(400);
  });
});
