import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payments } from "../../support/world-small.ts";
import {
  audience,
  createAzureWithClusters,
  kubeconfigFrom,
  type ServedClusters,
  serveClusters,
} from "./serve-clusters.ts";

let clusters: ServedClusters;
beforeAll(async () => {
  clusters = await serveClusters();
});
afterEach(() => {
  clusters.azure.faults.clear();
  clusters.azure.clearRequests();
  clusters.azure.setNight(0);
});
afterAll(() => clusters.close());

describe("the credential of a user", () => {
  it("leads to the cluster, vouches for it, and opens nothing where Entra is integrated", async () => {
    const { text, config } = await clusters.kubeconfigOf("aks-open");
    expect(config.getCurrentCluster()?.server).toBe(`${clusters.url}/${payments}/rg-aks-open/aks-open`);
    expect(Buffer.from(config.getCurrentCluster()?.caData ?? "", "base64").toString()).toBe(
      clusters.authority,
    );
    expect(text).toContain(`command: kubelogin`);
    expect(text).toContain(`- --server-id\n      - ${audience}`);
    expect(text).not.toMatch(/token: |client-key-data/);
  });

  it("is the administrator's where it is not", async () => {
    const { text, config } = await clusters.kubeconfigOf("aks-local");
    expect(text).toContain("client-certificate-data: ");
    const { core } = await clusters.clientsOf("aks-local", config.getCurrentUser()?.token);
    expect((await core.listPodForAllNamespaces()).items).toHaveLength(7);
  });

  it("names a private address that is not served here", async () => {
    const { config } = await clusters.kubeconfigOf("aks-hidden");
    expect(config.getCurrentCluster()?.server).toMatch(
      /^https:\/\/aks-hidden-dns-1\.[0-9a-f-]{36}\.privatelink\.westeurope\.azmk8s\.io:443$/,
    );
  });

  it("is refused to whom it is not for, with the action that is missing", async () => {
    await expect(clusters.kubeconfigOf("aks-shut")).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationFailed",
      message: expect.stringContaining("managedClusters/listClusterUserCredential/action"),
    });
  });

  it("leads where nobody listens as long as the clusters are not served", async () => {
    const text = await kubeconfigFrom(createAzureWithClusters(), "aks-open");
    expect(text).toContain("server: https://127.0.0.1:1/");
  });
});
