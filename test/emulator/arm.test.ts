import { describe, expect, it } from "vitest";
import { createEmulatedAzure, type EmulatedAzure } from "../../src/emulator/azure.ts";
import { textOf } from "../../src/emulator/service.ts";
import { aksClient } from "../support/emulated-clients.ts";
import {
  closed,
  estateOf,
  nowhere,
  payments,
  pricingRow,
  search,
  smallWorld,
  wideWorld,
} from "../support/world-small.ts";

const arm = "https://management.azure.com";

async function get(azure: EmulatedAzure, path: string, headers?: Record<string, string>) {
  const { token } = azure.issueToken(arm);
  const answer = await azure.handle({
    method: "GET",
    url: `${arm}${path}`,
    headers: headers ?? { authorization: `Bearer ${token}` },
    body: "",
  });
  if (typeof answer === "string") throw new Error(answer);
  return { status: answer.status, headers: answer.headers, body: JSON.parse(textOf(answer)) };
}

const clusterPath = `/subscriptions/${payments}/resourceGroups/rg-aks-pay-1/providers/Microsoft.ContainerService/managedClusters/aks-pay-1`;

describe("managed clusters in the emulated Resource Manager", () => {
  const azure = createEmulatedAzure({ estate: estateOf() });

  it("answers one cluster to the SDK, whatever the case of its id", async () => {
    const cluster = await aksClient(azure, payments.toUpperCase()).managedClusters.get(
      "RG-AKS-PAY-1",
      "AKS-pay-1",
    );
    expect(cluster).toMatchObject({
      name: "aks-pay-1",
      disableLocalAccounts: true,
      currentKubernetesVersion: undefined,
    });
  });

  it("answers as Resource Manager does, not as a Resource Graph row", async () => {
    const { body } = await get(azure, `${clusterPath}?api-version=2026-04-01`);
    expect(body).toMatchObject({
      type: "Microsoft.ContainerService/managedClusters",
      eTag: expect.any(String),
    });
    for (const column of ["tenantId", "subscriptionId", "resourceGroup", "plan", "managedBy"]) {
      expect(body).not.toHaveProperty(column);
    }
  });

  it("still has a cluster that Resource Graph forgot", async () => {
    const forgetful = createEmulatedAzure({
      estate: estateOf(smallWorld({ missingFromGraph: [clusterPath.toLowerCase()] })),
    });
    expect((await get(forgetful, `${clusterPath}?api-version=2026-04-01`)).status).toBe(200);
  });

  it.each([
    ["ResourceNotFound", 404, payments, "rg-aks-pay-1", "aks-gone"],
    ["ResourceGroupNotFound", 404, payments, "rg-gone", "aks-pay-1"],
    ["SubscriptionNotFound", 404, nowhere, "rg-aks-pay-1", "aks-pay-1"],
    ["AuthorizationFailed", 403, closed, "rg-aks-closed-1", "aks-closed-1"],
    ["InvalidSubscriptionId", 400, "payments", "rg-aks-pay-1", "aks-pay-1"],
  ])("tells %s from other refusals", async (code, statusCode, subscription, group, name) => {
    await expect(aksClient(azure, subscription).managedClusters.get(group, name)).rejects.toMatchObject({
      statusCode,
      code,
    });
  });

  it("refuses a provider inside a readable subscription", async () => {
    const subscriptions = smallWorld().subscriptions.map((one) => ({
      ...one,
      refusedProviders: ["microsoft.containerservice"],
    }));
    const refusing = createEmulatedAzure({ estate: estateOf(smallWorld({ subscriptions })) });
    await expect(
      aksClient(refusing, payments).managedClusters.get("rg-aks-pay-1", "aks-pay-1"),
    ).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it("lists a subscription page by page, and a resource group", async () => {
    const wide = createEmulatedAzure({ estate: estateOf(wideWorld(250)) });
    const listed = [];
    for await (const { name } of aksClient(wide, payments).managedClusters.list()) listed.push(name);
    expect(new Set(listed).size).toBe(250);
    expect(wide.requests).toHaveLength(3);
    const inGroup = [];
    for await (const { name } of aksClient(wide, payments).managedClusters.listByResourceGroup(
      "RG-aks-00007",
    ))
      inGroup.push(name);
    expect(inGroup).toEqual(["aks-00007"]);
  });

  it("answers agent pools as resources of their own", async () => {
    const pools = [];
    for await (const pool of aksClient(azure, payments).agentPools.list("rg-aks-pay-1", "aks-pay-1"))
      pools.push(pool);
    expect(pools.map(({ name, mode, osSKU }) => [name, mode, osSKU])).toEqual([
      ["sys", "System", "AzureLinux3"],
      ["user", "User", "Ubuntu"],
    ]);
    const one = await aksClient(azure, payments).agentPools.get("rg-aks-pay-1", "aks-pay-1", "sys");
    expect(one.id).toBe(`${clusterPath}/agentPools/sys`);
    await expect(
      aksClient(azure, payments).agentPools.get("rg-aks-pay-1", "aks-pay-1", "gone"),
    ).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it("lists no pools for a cluster that shows none", async () => {
    const { body } = await get(
      azure,
      `/subscriptions/${search}/resourceGroups/rg-aks-search-1/providers/Microsoft.ContainerService/managedClusters/aks-search-1/agentPools?api-version=2026-04-01`,
    );
    expect(body).toEqual({ value: [] });
  });
});

describe("subscriptions in the emulated Resource Manager", () => {
  const azure = createEmulatedAzure({ estate: estateOf() });
  const version = "?api-version=2022-12-01";

  it("lists the readable ones", async () => {
    const { body } = await get(azure, `/subscriptions${version}`);
    expect(body.value.map((one: { displayName: string }) => one.displayName)).toEqual(["payments", "search"]);
  });

  it.each([
    [200, payments],
    [403, closed],
    [404, nowhere],
  ])("answers %i to a read of %s", async (status, id) => {
    expect((await get(azure, `/subscriptions/${id}${version}`)).status).toBe(status);
  });
});

describe("Defender plans in the emulated Resource Manager", () => {
  const version = "?api-version=2024-01-01";
  const plan = "/providers/Microsoft.Security/pricings/Containers";
  const own = { ...pricingRow(payments, "Free"), id: `${clusterPath}${plan}` };
  const azure = createEmulatedAzure({
    estate: estateOf(smallWorld({ armOnly: { [`${clusterPath}${plan}`.toLowerCase()]: own } })),
  });

  it("answers a subscription's plan", async () => {
    const { body } = await get(azure, `/subscriptions/${payments}${plan}${version}`);
    expect(body).toMatchObject({
      type: "Microsoft.Security/pricings",
      properties: { pricingTier: "Standard" },
    });
  });

  it("answers a cluster's own plan, and the subscription's where it has none", async () => {
    expect((await get(azure, `${clusterPath}${plan}${version}`)).body.properties.pricingTier).toBe("Free");
    const inherited = await get(
      azure,
      `${clusterPath.replaceAll("aks-pay-1", "aks-pay-2")}${plan}${version}`,
    );
    expect(inherited.body.properties).toMatchObject({
      pricingTier: "Standard",
      inherited: "True",
      inheritedFrom: `/subscriptions/${payments}`,
    });
  });

  it.each([
    [404, `/subscriptions/${payments}/providers/Microsoft.Security/pricings/CloudPosture`],
    [403, `/subscriptions/${closed}${plan}`],
    [404, `${clusterPath}-gone${plan}`],
  ])("answers %i to %s", async (status, path) => {
    expect((await get(azure, path + version)).status).toBe(status);
  });
});

describe("the front door of the emulated Resource Manager", () => {
  let now = 1_000_000;
  const azure = createEmulatedAzure({ estate: estateOf(), clock: () => now });
  const path = `/subscriptions/${payments}?api-version=2022-12-01`;

  it.each([
    ["AuthenticationFailed", {}],
    ["InvalidAuthenticationToken", { authorization: "Bearer made-up" }],
    [
      "InvalidAuthenticationTokenAudience",
      { authorization: `Bearer ${azure.issueToken("https://vault.azure.net").token}` },
    ],
  ])("answers 401 %s and says where tokens are had", async (code, headers) => {
    const refused = await get(azure, path, headers);
    expect(refused.status).toBe(401);
    expect(refused.body.error.code).toBe(code);
    expect(refused.headers["www-authenticate"]).toContain("authorization_uri=");
  });

  it("lets no token outlive its day", async () => {
    const { token } = azure.issueToken(arm);
    const headers = { authorization: `Bearer ${token}` };
    expect((await get(azure, path, headers)).status).toBe(200);
    now += 86_400_000;
    expect((await get(azure, path, headers)).body.error.code).toBe("ExpiredAuthenticationToken");
  });

  it.each([
    ["MissingApiVersionParameter", `/subscriptions/${payments}`],
    ["InvalidApiVersionParameter", `/subscriptions/${payments}?api-version=1999-01-01`],
    ["NoRegisteredProviderFound", `${clusterPath}?api-version=1999-01-01`],
  ])("answers 400 %s to %s", async (code, wrong) => {
    const refused = await get(azure, wrong);
    expect(refused.status).toBe(400);
    expect(refused.body.error.code).toBe(code);
  });

  it("does not know other types, and writes nothing", async () => {
    expect(
      (
        await get(
          azure,
          `/subscriptions/${payments}/providers/Microsoft.Nothing/things?api-version=2024-01-01`,
        )
      ).status,
    ).toBe(404);
    const { token } = azure.issueToken(arm);
    const answer = await azure.handle({
      method: "DELETE",
      url: arm + path,
      headers: { authorization: `Bearer ${token}` },
      body: "",
    });
    expect(answer).toMatchObject({ status: 405 });
  });

  it.each(["/subscriptions/%zz", "/secrets/%zz"])("answers 400 to the broken path %s", async (broken) => {
    expect((await get(azure, `${broken}?api-version=2022-12-01`)).status).toBe(400);
  });

  it("writes down every request and what became of it", async () => {
    azure.clearRequests();
    await get(azure, `/subscriptions/${closed}?api-version=2022-12-01`);
    expect(azure.requests).toEqual([
      {
        service: "subscriptions",
        method: "GET",
        path: `/subscriptions/${closed}`,
        query: undefined,
        status: 403,
      },
    ]);
  });
});
