import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { itemsOf, pods, refusal, type ServedClusters, sealed, serveClusters } from "./serve-clusters.ts";

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

describe("a list", () => {
  it("comes page by page, until there is no token to go on with", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    const names: (string | undefined)[] = [];
    const left: (number | undefined)[] = [];
    let _continue: string | undefined;
    do {
      const page = await core.listPodForAllNamespaces({
        limit: 3,
        ...(_continue !== undefined && { _continue }),
      });
      names.push(...page.items.map(({ metadata }) => metadata?.name));
      left.push(page.metadata?.remainingItemCount);
      _continue = page.metadata?._continue;
    } while (_continue);
    expect(names).toEqual(pods.map(({ metadata }) => metadata.name));
    expect(left).toEqual([4, 1, undefined]);
  });

  it("can be of one namespace, or of nothing", async () => {
    const { core, networking } = await clusters.clientsOf("aks-open");
    const shop = await core.listNamespacedPod({ namespace: "shop" });
    expect(shop.items.map(({ metadata }) => metadata?.name)).toEqual(["web-0"]);
    const none = await networking.listNetworkPolicyForAllNamespaces();
    expect([none.kind, none.apiVersion, none.items]).toEqual([
      "NetworkPolicyList",
      "networking.k8s.io/v1",
      [],
    ]);
  });

  it("leaves out the type of what is Kubernetes' own, and not that of other groups", async () => {
    const own = await clusters.read("aks-open", "/api/v1/pods?limit=1");
    expect(own).toMatchObject({ kind: "PodList", apiVersion: "v1" });
    expect(Object.keys(itemsOf(own)[0] ?? {})).toEqual(["metadata", "spec"]);
    const other = await clusters.read("aks-open", "/apis/cilium.io/v2/ciliumnetworkpolicies");
    expect(itemsOf(other)).toEqual([sealed]);
  });

  it("expires when the world has moved on, and says how to go on all the same", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    const { metadata } = await core.listPodForAllNamespaces({ limit: 3 });
    clusters.azure.setNight(1);
    const late = await refusal(
      core.listPodForAllNamespaces({ limit: 3, _continue: String(metadata?._continue) }),
    );
    expect(late).toMatchObject({ code: 410, reason: "Expired", metadata: { continue: expect.any(String) } });
  });

  it("is refused rather than not narrowed as it was asked to", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    expect(await refusal(core.listPodForAllNamespaces({ labelSelector: "app=web" }))).toMatchObject({
      code: 400,
    });
    expect(await refusal(core.listPodForAllNamespaces({ _continue: "nonsense" }))).toMatchObject({
      code: 400,
    });
  });
});

describe("an API server", () => {
  it.each([
    ["of Resource Manager", () => clusters.azure.issueToken("https://management.azure.com").token],
    ["of nobody", () => "nonsense"],
  ])("lets no token %s in", async (_, issue) => {
    const { core } = await clusters.clientsOf("aks-open", issue());
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({ code: 401 });
    expect(await clusters.read("aks-open", "/api/v1/pods", issue())).toMatchObject({
      kind: "Status",
      reason: "Unauthorized",
      code: 401,
    });
  });

  it("lets no token of Entra in where that is not integrated", async () => {
    const { core } = await clusters.clientsOf("aks-local");
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({ code: 401 });
  });

  it("names the list that may not be read, and reads the others", async () => {
    const { core, access } = await clusters.clientsOf("aks-narrow");
    expect(await refusal(access.listClusterRole())).toMatchObject({
      kind: "Status",
      reason: "Forbidden",
      code: 403,
      message: expect.stringMatching(
        /^clusterroles is forbidden: User "[0-9a-f-]{36}" cannot list resource "clusterroles"/,
      ),
    });
    expect((await core.listPodForAllNamespaces()).items).toHaveLength(7);
  });

  it("says which groups are installed, to whom everything else is refused too", async () => {
    for (const name of ["aks-open", "aks-mute"]) {
      const { groups } = await clusters.read(name, "/apis");
      const named = (group: string) => expect.objectContaining({ name: group });
      expect(groups).toEqual(expect.arrayContaining([named("networking.k8s.io"), named("cilium.io")]));
      expect(groups).not.toContainEqual(named("crd.projectcalico.org"));
    }
    expect(await clusters.read("aks-mute", "/api/v1/pods")).toMatchObject({ code: 403 });
    // Rights come before what there is.
    expect(await clusters.read("aks-mute", "/apis/crd.projectcalico.org/v1/networkpolicies")).toMatchObject({
      code: 403,
    });
  });

  it("shows no secrets and no nodes, and takes no orders", async () => {
    const { core } = await clusters.clientsOf("aks-open");
    for (const asking of [
      core.listSecretForAllNamespaces(),
      core.listNode(),
      core.deleteNamespacedPod({ namespace: "web", name: "web-1" }),
    ]) {
      expect(await refusal(asking)).toMatchObject({ kind: "Status", code: 403 });
    }
  });

  it("has no words for what it does not serve, and names an object that is not there", async () => {
    const { core, networking } = await clusters.clientsOf("aks-open");
    expect(await refusal(core.listNamespace())).toEqual({ code: 404, body: "404 page not found\n" });
    expect((await networking.listNamespacedNetworkPolicy({ namespace: "web" })).items).toEqual([]);
    const absent = await refusal(core.readNamespacedPod({ namespace: "web", name: "gone" }));
    expect(absent).toMatchObject({ code: 404, reason: "NotFound", message: 'pods "gone" not found' });
    expect((await core.readNamespacedPod({ namespace: "web", name: "web-1" })).metadata?.name).toBe("web-1");
  });

  it("cuts connections off where its way is closed", async () => {
    const { core } = await clusters.clientsOf("aks-closed");
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(clusters.azure.requests.at(-1)).toMatchObject({ service: "kubernetes", status: "reset" });
  });
});
