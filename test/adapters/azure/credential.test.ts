import type { HttpClient } from "@azure/core-rest-pipeline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { clouds } from "../../../src/adapters/azure/clouds.ts";
import {
  createManagedIdentityCredential,
  createSignedInCredential,
} from "../../../src/adapters/azure/credential.ts";
import { createFleetSource } from "../../../src/adapters/azure/fleet-source.ts";
import type { FaultKind } from "../../../src/emulator/fault-kinds.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { payments, smallWorld } from "../../support/world-small.ts";

// The identity library keeps its first endpoint and its tokens for the process, so all tests share one Azure and no audience.
const { access: emulated, azure } = emulatedAccess(smallWorld(), { patience: { tryTimeoutInMs: 100 } });
const urls: string[] = [];
const access = { ...emulated, httpClient: noting(emulated.httpClient) };
const before = { ...process.env };

beforeAll(() => {
  process.env.IDENTITY_ENDPOINT = "http://localhost:42/msi/token";
  process.env.IDENTITY_HEADER = azure.identityHeader;
});
afterAll(() => {
  process.env = before;
});
beforeEach(() => {
  azure.faults.clear();
  urls.length = 0;
});

describe("the function app's identity", () => {
  it("gets its token from the managed identity endpoint, for the identity named", async () => {
    const fleet = fleetOf("public", "33333333-3333-3333-3333-333333333301");
    expect([...(await fleet.clusterCounts([payments]))]).toEqual([[payments, 2]]);
    expect(urls[0]).toContain("client_id=33333333-3333-3333-3333-333333333301");
    expect(urls[0]).toContain("resource=https%3A%2F%2Fmanagement.azure.com");
  });

  it("asks for tokens of a sovereign cloud's own Resource Manager", async () => {
    const fleet = fleetOf("usgov", null);
    expect([...(await fleet.clusterCounts([payments]))]).toEqual([[payments, 2]]);
    expect(urls.map((url) => new URL(url).hostname)).toEqual(["localhost", "management.usgovcloudapi.net"]);
    expect(urls[0]).toContain("resource=https%3A%2F%2Fmanagement.usgovcloudapi.net");
  });

  it.each([
    ["401", "accessDenied"],
    ["403", "accessDenied"],
    ["500", "accessDenied"],
    ["429", "accessDenied"],
    ["html", "unavailable"],
    ["truncatedJson", "unavailable"],
    ["reset", "unavailable"],
    ["hang", "unavailable"],
  ] as const satisfies readonly (readonly [FaultKind, string])[])(
    "leaves a gap when its endpoint answers %s",
    async (kind, reason) => {
      azure.faults.add({ kind, match: { service: "identity" } });
      await expect(fleetOf("china", null).clusterCounts([payments])).rejects.toMatchObject({ reason });
      expect(urls).toHaveLength(3);
    },
  );

  it("outlasts an endpoint that is unwell once", async () => {
    azure.faults.add({ kind: "500", match: { service: "identity" }, times: 1 });
    expect([...(await fleetOf("china", null).clusterCounts([payments]))]).toEqual([[payments, 2]]);
  });
});

describe("whoever is signed in", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is asked for at the cloud's own authority, in the tenant given", async () => {
    vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential");
    vi.stubEnv("AZURE_TENANT_ID", payments);
    vi.stubEnv("AZURE_CLIENT_ID", payments);
    vi.stubEnv("AZURE_CLIENT_SECRET", "not-a-secret");
    const credential = createSignedInCredential(clouds.usgov, payments, noting(undefined));
    await expect(credential.getToken("https://management.usgovcloudapi.net/.default")).rejects.toThrow();
    expect(urls[0]).toMatch(`https://login.microsoftonline.us/${payments}/`);
  });
});

function fleetOf(name: keyof typeof clouds, clientId: string | null) {
  const { endpoint, scopes } = clouds[name];
  const credential = createManagedIdentityCredential(clientId, access.httpClient);
  return createFleetSource({ ...access, endpoint, scopes, credential });
}

function noting(httpClient: HttpClient | undefined): HttpClient {
  return {
    async sendRequest(request) {
      urls.push(request.url);
      if (httpClient === undefined) throw new Error("There is no network in this test.");
      return httpClient.sendRequest(request);
    },
  };
}
