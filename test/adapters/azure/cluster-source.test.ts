import { describe, expect, it } from "vitest";
import { createClusterSource } from "../../../src/adapters/azure/cluster-source.ts";
import { describeClusterSource } from "../../support/describe-cluster-source.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { exampleClusterRow, exampleId, examplePool } from "../../support/example-cluster-row.ts";
import { type SentRequest, scriptedAccess } from "../../support/scripted-client.ts";

describeClusterSource("one cluster through Azure's SDK clients", (world, faults = []) =>
  createClusterSource(emulatedAccess(world, { faults, patience: { tryTimeoutInMs: 50 } }).access),
);

describe("a live cluster", () => {
  it("is asked for in the newest version, also beyond what the SDK names", async () => {
    const { access, sent } = scriptedAccess(() => ({ body: exampleClusterRow() }));
    await createClusterSource(access).cluster(exampleId);
    expect(sent.map(({ url }) => url)).toEqual([
      `https://management.azure.com${exampleId}?api-version=2026-06-01`,
    ]);
  });

  it("that lists no pool is asked for its agent pools, page by page", async () => {
    const next = `https://management.azure.com${exampleId}/agentPools?api-version=2026-06-01&$skiptoken=2`;
    const { access, sent } = scriptedAccess(({ url }) => {
      if (url === next) return { body: { value: [agentPool("user")] } };
      if (url.includes("/agentPools")) return { body: { value: [agentPool("sys")], nextLink: next } };
      return { body: exampleClusterRow({ agentPoolProfiles: null }) };
    });
    expect(await createClusterSource(access).cluster(exampleId)).toMatchObject({
      pools: [{ name: "sys" }, { name: "user" }],
      unlistedNodes: null,
      readings: { nodeImages: { value: [{ imageVersion: "AKSAzureLinux-V3gen2-202611.09.0" }, {}] } },
    });
    expect(sent).toHaveLength(3);
  });

  it("that has no agent pools either keeps its reason", async () => {
    const { access } = scriptedAccess(({ url }) => ({
      body: url.includes("/agentPools") ? { value: [] } : exampleClusterRow({ agentPoolProfiles: [] }),
    }));
    expect(await createClusterSource(access).cluster(exampleId)).toMatchObject({
      pools: [],
      unlistedNodes: "The cluster lists no node pool.",
    });
  });

  it.each([
    ["away from Resource Manager", "https://example.invalid/steal", { reason: "malformed" }],
    [
      "in a circle",
      `https://management.azure.com${exampleId}/agentPools?api-version=2026-06-01&$skiptoken=2`,
      { reason: "incomplete" },
    ],
  ])("does not follow a page's link %s", async (_, nextLink, failure) => {
    const { access, sent } = scriptedAccess(({ url }) => ({
      body: url.includes("/agentPools")
        ? { value: [], nextLink }
        : exampleClusterRow({ agentPoolProfiles: [] }),
    }));
    await expect(createClusterSource(access).cluster(exampleId)).rejects.toMatchObject(failure);
    expect(sent.every(({ url }) => url.startsWith("https://management.azure.com/"))).toBe(true);
  });

  it.each([
    ["a body that is another resource", { id: "/subscriptions/x" }],
    ["a body without properties", { id: exampleId }],
  ])("is unread with %s", async (_, body) => {
    const { access } = scriptedAccess(() => ({ body }));
    await expect(createClusterSource(access).cluster(exampleId)).rejects.toMatchObject({
      reason: "malformed",
    });
  });

  it.each([
    ["a web page", "<html>Not found</html>"],
    ["a code without Resource Manager's error around it", { code: "NotFound", message: "no" }],
  ])("is not taken for gone by a 404 that is not Resource Manager's own: %s", async (_, body) => {
    const { access } = scriptedAccess(() => ({ status: 404, body }));
    await expect(createClusterSource(access).cluster(exampleId)).rejects.toMatchObject({
      reason: "unavailable",
    });
  });

  it.each(["InvalidResourceType", "MissingSubscription"])(
    "is not taken for gone by a 404 %s",
    async (code) => {
      const { access } = scriptedAccess(() => ({ status: 404, body: { error: { code, message: "no" } } }));
      await expect(createClusterSource(access).cluster(exampleId)).rejects.toMatchObject({
        reason: "notFound",
      });
    },
  );
});

describe("a pricing", () => {
  it.each([
    [
      "of another plan",
      { id: `${exampleId}/providers/Microsoft.Security/pricings/Other`, properties: { pricingTier: "Free" } },
    ],
    [
      "without a tier",
      { id: `${exampleId}/providers/Microsoft.Security/pricings/Containers`, properties: {} },
    ],
  ])("%s is unread", async (_, body) => {
    const { access } = scriptedAccess(() => ({ body }));
    await expect(createClusterSource(access).defenderPlan(exampleId)).rejects.toMatchObject({
      reason: "malformed",
    });
  });

  it.each(["SubscriptionNotFound", "InvalidResourceType"])(
    "is not taken for none by a 404 %s",
    async (code) => {
      const { access } = scriptedAccess(() => ({ status: 404, body: { error: { code, message: "no" } } }));
      await expect(createClusterSource(access).defenderPlan(exampleId)).rejects.toMatchObject({
        reason: "notFound",
      });
    },
  );

  it("is asked for in a version that knows plans of single resources", async () => {
    const { access, sent } = scriptedAccess((): { body: object } => ({
      body: {
        id: `${exampleId}/providers/Microsoft.Security/pricings/Containers`,
        properties: { pricingTier: "Free" },
      },
    }));
    await createClusterSource(access).defenderPlan(exampleId);
    const [only]: readonly SentRequest[] = sent;
    expect(only?.url).toBe(
      `https://management.azure.com${exampleId}/providers/Microsoft.Security/pricings/Containers?api-version=2024-01-01`,
    );
  });
});

function agentPool(name: string) {
  const { name: _, ...properties } = examplePool();
  return { id: `${exampleId}/agentPools/${name}`, name, properties };
}
