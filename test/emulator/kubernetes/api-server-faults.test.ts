import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../src/emulator/fault-kinds.ts";
import { itemsOf, refusal, type ServedClusters, serveClusters } from "./serve-clusters.ts";

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

describe("faults of an API server", () => {
  const aimed = { service: "kubernetes" } as const;

  it.each([
    ["403", "Forbidden"],
    ["500", "InternalError"],
    ["503", "ServiceUnavailable"],
  ] as const)("%s comes as a status", async (kind, reason) => {
    const { core } = await clusters.clientsOf("aks-open");
    clusters.azure.faults.add({ match: aimed, kind });
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({
      kind: "Status",
      reason,
      code: Number(kind),
    });
  });

  it("429 comes in words, with the time to wait", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    clusters.azure.faults.add({ match: aimed, kind: "429", retryAfterInSeconds: 3 });
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({
      code: 429,
      body: expect.stringMatching(/^Too many requests/),
      headers: { "retry-after": "3" },
    });
  });

  it("cut what is said short, put a web page in its place, or alter it", async () => {
    const sound = JSON.stringify(await clusters.read("aks-open", "/api/v1/pods"));
    const under = async (kind: FaultKind) => {
      clusters.azure.faults.clear();
      clusters.azure.faults.add({ match: aimed, kind });
      return clusters.ask("aks-open", "/api/v1/pods");
    };
    expect((await under("truncatedJson")).body).toBe(sound.slice(0, Math.ceil(sound.length / 2)));
    const page = await under("html");
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect((await under("wrongTypes")).body).not.toBe(sound);
  });

  it("keep a caller waiting, let a page trickle, or break the connection", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    clusters.azure.faults.add({ match: aimed, kind: "reset" });
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({ code: "ECONNRESET" });
    clusters.azure.faults.clear();
    clusters.azure.faults.add({ match: aimed, kind: "slowDrip", dripInMs: 20 });
    expect((await core.listPodForAllNamespaces()).items).toHaveLength(7);
    clusters.azure.faults.clear();
    clusters.azure.faults.add({ match: aimed, kind: "hang" });
    await expect(clusters.ask("aks-open", "/api/v1/pods")).rejects.toThrow("no answer but hang");
  });

  it("expires the second page, and never the first", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    clusters.azure.faults.add({ match: aimed, kind: "expiredContinue", times: 1 });
    const { metadata } = await core.listPodForAllNamespaces({ limit: 3 });
    const again = () => core.listPodForAllNamespaces({ limit: 3, _continue: String(metadata?._continue) });
    expect(await refusal(again())).toMatchObject({ code: 410, reason: "Expired" });
    expect((await again()).items).toHaveLength(3);
  });

  it("promises one page after the other", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    clusters.azure.faults.add({ match: aimed, kind: "endlessPages" });
    const { metadata } = await core.listPodForAllNamespaces({ limit: 500 });
    const next = await core.listPodForAllNamespaces({ limit: 500, _continue: String(metadata?._continue) });
    expect(next.metadata?._continue).toBeTruthy();
    expect(next.items).toHaveLength(7);
  });

  it("strike no other service", async () => {
    clusters.azure.faults.add({ match: {}, kind: "expiredContinue" });
    const answer = await clusters.azure.handle({
      method: "GET",
      url: "https://management.azure.com/subscriptions?api-version=2022-12-01&continue=1",
      headers: { authorization: `Bearer ${clusters.azure.issueToken("https://management.azure.com").token}` },
      body: "",
    });
    expect(answer).toMatchObject({ status: 200 });
    clusters.azure.faults.clear();
    clusters.azure.faults.add({ match: {}, kind: "rowsVanish", times: 1 });
    expect(itemsOf(await clusters.read("aks-open", "/api/v1/pods"))).toHaveLength(7);
    const query = { method: "POST", url: "https://management.azure.com/", headers: {}, body: "" };
    expect(clusters.azure.faults.take(query, "resourceGraph")).toMatchObject({ kind: "rowsVanish" });
  });

  it("are a certificate that the kubeconfig's authority did not sign", async () => {
    const strange = await serveClusters({ isUnvouched: true });
    try {
      const { core } = await strange.clientsOf("aks-open");
      await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({
        code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      });
      expect(strange.azure.requests.filter(({ service }) => service === "kubernetes")).toEqual([]);
    } finally {
      await strange.close();
    }
  });
});
