import {
  type ApiException,
  CoreV1Api,
  KubeConfig,
  NetworkingV1Api,
  RbacAuthorizationV1Api,
} from "@kubernetes/client-node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEmulatedAzure } from "../../../src/emulator/azure.ts";
import type { ClusterInside, RawObject } from "../../../src/emulator/estate/world.ts";
import { type EmulatedKubernetes, startEmulatedKubernetes } from "../../../src/emulator/kubernetes/server.ts";
import { aksClient } from "../../support/emulated-clients.ts";
import { clusterRow, estateOf, payments, search, smallWorld } from "../../support/world-small.ts";

const entra = { aadProfile: { managed: true, enableAzureRBAC: true, tenantID: "tenant" } };
const audience = "6dae42f8-4368-4678-94ff-3960e28e3630";

const pods = Array.from({ length: 7 }, (_, index) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `web-${index}`, namespace: index === 0 ? "shop" : "web" },
  spec: { containers: [] },
}));
const sealed = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "sealed" } };

const open: ClusterInside = {
  lists: {
    "/api/v1/pods": pods,
    "/apis/networking.k8s.io/v1/networkpolicies": [],
    "/apis/rbac.authorization.k8s.io/v1/clusterroles": [],
    "/apis/cilium.io/v2/ciliumnetworkpolicies": [sealed],
  },
};

const insides: Readonly<Record<string, ClusterInside>> = {
  "aks-open": open,
  "aks-local": open,
  "aks-shut": { ...open, isCredentialRefused: true },
  "aks-narrow": { ...open, refused: ["/apis/rbac.authorization.k8s.io/v1/clusterroles"] },
  "aks-mute": { ...open, refused: ["*"] },
  "aks-hidden": { ...open, way: "unresolved" },
  "aks-closed": { ...open, way: "closed" },
};

const world = smallWorld({
  rows: [
    ...Object.keys(insides).map((name) =>
      clusterRow(payments, name, { ...(name !== "aks-local" && entra), fqdn: `${name}-dns-1.hcp.example` }),
    ),
    clusterRow(search, "aks-empty", entra),
  ],
  insideOf: (id) => insides[id.slice(id.lastIndexOf("/") + 1)] ?? null,
});
const azure = createEmulatedAzure({ estate: estateOf(world, { ...world, now: "2026-11-21T01:00:00Z" }) });

let server: EmulatedKubernetes;
beforeAll(async () => {
  server = await startEmulatedKubernetes(azure);
});
afterEach(() => {
  azure.faults.clear();
  azure.clearRequests();
  azure.setNight(0);
});
afterAll(() => server.close());

/** The kubeconfig that Azure hands out, as text and as the client reads it. */
async function kubeconfigOf(name: string) {
  const { kubeconfigs } = await aksClient(azure, payments).managedClusters.listClusterUserCredentials(
    `rg-${name}`,
    name,
  );
  const text = Buffer.from(kubeconfigs?.[0]?.value ?? []).toString("utf8");
  const config = new KubeConfig();
  config.loadFromString(text);
  return { text, config };
}

/** A client of a cluster that signs in with a token, for the right audience if nothing else is said. */
async function clientsOf(name: string, token = azure.issueToken(audience).token) {
  const cluster = (await kubeconfigOf(name)).config.getCurrentCluster();
  if (!cluster) throw new Error("The kubeconfig names no cluster.");
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, { name: "monitor", token });
  return {
    core: config.makeApiClient(CoreV1Api),
    networking: config.makeApiClient(NetworkingV1Api),
    access: config.makeApiClient(RbacAuthorizationV1Api),
  };
}

/** The status an API server refused with, as the object it sent. */
async function refusal(asking: Promise<unknown>): Promise<RawObject> {
  const error: unknown = await asking.catch((caught: unknown) => caught);
  const { code, body } = error as ApiException<unknown>;
  return typeof body === "string" && body.startsWith("{") ? JSON.parse(body) : { code, body };
}

describe("the credential of a user", () => {
  it("leads to the cluster, vouches for it, and opens nothing where Entra is integrated", async () => {
    const { text, config } = await kubeconfigOf("aks-open");
    expect(config.getCurrentCluster()?.server).toBe(`${server.url}/${payments}/rg-aks-open/aks-open`);
    expect(Buffer.from(config.getCurrentCluster()?.caData ?? "", "base64").toString()).toBe(server.authority);
    expect(text).toContain(`command: kubelogin`);
    expect(text).toContain(`- --server-id\n      - ${audience}`);
    expect(text).not.toMatch(/token: |client-key-data/);
  });

  it("is the administrator's where it is not", async () => {
    const { text, config } = await kubeconfigOf("aks-local");
    expect(text).toContain("client-certificate-data: ");
    const { core } = await clientsOf("aks-local", config.getCurrentUser()?.token);
    expect((await core.listPodForAllNamespaces()).items).toHaveLength(7);
  });

  it("names a private address that is not served here", async () => {
    const { config } = await kubeconfigOf("aks-hidden");
    expect(config.getCurrentCluster()?.server).toMatch(
      /^https:\/\/aks-hidden-dns-1\.[0-9a-f-]{36}\.privatelink\.westeurope\.azmk8s\.io:443$/,
    );
  });

  it("is refused to whom it is not for, with the action that is missing", async () => {
    await expect(kubeconfigOf("aks-shut")).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationFailed",
      message: expect.stringContaining("managedClusters/listClusterUserCredential/action"),
    });
  });

  it("leads where nobody listens as long as the clusters are not served", async () => {
    const alone = createEmulatedAzure({ estate: estateOf(world) });
    const found = await aksClient(alone, payments).managedClusters.listClusterUserCredentials(
      "rg-aks-open",
      "aks-open",
    );
    expect(Buffer.from(found.kubeconfigs?.[0]?.value ?? []).toString()).toContain(
      "server: https://127.0.0.1:1/",
    );
  });
});

describe("a list", () => {
  it("comes page by page, until there is no token to go on with", async () => {
    const { core } = await clientsOf("aks-open");
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
    const { core, networking } = await clientsOf("aks-open");
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
    const own = await raw("aks-open", "/api/v1/pods?limit=1");
    expect(own).toMatchObject({ kind: "PodList", apiVersion: "v1" });
    expect(Object.keys(itemsOf(own)[0] ?? {})).toEqual(["metadata", "spec"]);
    const other = await raw("aks-open", "/apis/cilium.io/v2/ciliumnetworkpolicies");
    expect(itemsOf(other)).toEqual([sealed]);
  });

  it("expires when the world has moved on, and says how to go on all the same", async () => {
    const { core } = await clientsOf("aks-open");
    const { metadata } = await core.listPodForAllNamespaces({ limit: 3 });
    azure.setNight(1);
    const late = await refusal(
      core.listPodForAllNamespaces({ limit: 3, _continue: String(metadata?._continue) }),
    );
    expect(late).toMatchObject({ code: 410, reason: "Expired", metadata: { continue: expect.any(String) } });
  });

  it("is refused rather than not narrowed as it was asked to", async () => {
    const { core } = await clientsOf("aks-open");
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
    ["of Resource Manager", () => azure.issueToken("https://management.azure.com").token],
    ["of nobody", () => "nonsense"],
  ])("lets no token %s in", async (_, issue) => {
    const { core } = await clientsOf("aks-open", issue());
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({ code: 401 });
    expect(await raw("aks-open", "/api/v1/pods", issue())).toMatchObject({
      kind: "Status",
      reason: "Unauthorized",
      code: 401,
    });
  });

  it("lets no token of Entra in where that is not integrated", async () => {
    const { core } = await clientsOf("aks-local");
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({ code: 401 });
  });

  it("names the list that may not be read, and reads the others", async () => {
    const { core, access } = await clientsOf("aks-narrow");
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
      const { groups } = (await raw(name, "/apis")) as {
        readonly groups: readonly { readonly name: string }[];
      };
      const names = groups.map((group) => group.name);
      expect(names).toEqual(expect.arrayContaining(["networking.k8s.io", "cilium.io"]));
      expect(names).not.toContain("crd.projectcalico.org");
    }
    expect(await raw("aks-mute", "/api/v1/pods")).toMatchObject({ code: 403 });
    // Rights come before what there is.
    expect(await raw("aks-mute", "/apis/crd.projectcalico.org/v1/networkpolicies")).toMatchObject({
      code: 403,
    });
  });

  it("shows no secrets and no nodes, and takes no orders", async () => {
    const { core } = await clientsOf("aks-open");
    for (const asking of [
      core.listSecretForAllNamespaces(),
      core.listNode(),
      core.deleteNamespacedPod({ namespace: "web", name: "web-1" }),
    ]) {
      expect(await refusal(asking)).toMatchObject({ kind: "Status", code: 403 });
    }
  });

  it("has no words for what it does not serve, and names an object that is not there", async () => {
    const { core, networking } = await clientsOf("aks-open");
    expect(await refusal(core.listNamespace())).toEqual({ code: 404, body: "404 page not found\n" });
    expect((await networking.listNamespacedNetworkPolicy({ namespace: "web" })).items).toEqual([]);
    const absent = await refusal(core.readNamespacedPod({ namespace: "web", name: "gone" }));
    expect(absent).toMatchObject({ code: 404, reason: "NotFound", message: 'pods "gone" not found' });
    expect((await core.readNamespacedPod({ namespace: "web", name: "web-1" })).metadata?.name).toBe("web-1");
  });

  it("cuts connections off where its way is closed", async () => {
    const { core } = await clientsOf("aks-closed");
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(azure.requests.at(-1)).toMatchObject({ service: "kubernetes", status: "reset" });
  });
});

describe("faults of an API server", () => {
  const aimed = { service: "kubernetes" } as const;

  it.each([
    ["403", "Forbidden"],
    ["500", "InternalError"],
    ["503", "ServiceUnavailable"],
  ] as const)("%s comes as a status", async (kind, reason) => {
    const { core } = await clientsOf("aks-open");
    azure.faults.add({ match: aimed, kind });
    expect(await refusal(core.listPodForAllNamespaces())).toMatchObject({
      kind: "Status",
      reason,
      code: Number(kind),
    });
  });

  it("429 comes in words, with the time to wait", async () => {
    const { core } = await clientsOf("aks-open");
    azure.faults.add({ match: aimed, kind: "429", retryAfterInSeconds: 3 });
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject({
      code: 429,
      body: expect.stringMatching(/^Too many requests/),
      headers: { "retry-after": "3" },
    });
  });

  it("expires the second page, and never the first", async () => {
    const { core } = await clientsOf("aks-open");
    azure.faults.add({ match: aimed, kind: "expiredContinue", times: 1 });
    const { metadata } = await core.listPodForAllNamespaces({ limit: 3 });
    const again = () => core.listPodForAllNamespaces({ limit: 3, _continue: String(metadata?._continue) });
    expect(await refusal(again())).toMatchObject({ code: 410, reason: "Expired" });
    expect((await again()).items).toHaveLength(3);
  });

  it("promises one page after the other", async () => {
    const { core } = await clientsOf("aks-open");
    azure.faults.add({ match: aimed, kind: "endlessPages" });
    const { metadata } = await core.listPodForAllNamespaces({ limit: 500 });
    const next = await core.listPodForAllNamespaces({ limit: 500, _continue: String(metadata?._continue) });
    expect(next.metadata?._continue).toBeTruthy();
    expect(next.items).toHaveLength(7);
  });

  it("strike no other service", async () => {
    azure.faults.add({ match: {}, kind: "expiredContinue" });
    const answer = await azure.handle({
      method: "GET",
      url: "https://management.azure.com/subscriptions?api-version=2022-12-01&continue=1",
      headers: { authorization: `Bearer ${azure.issueToken("https://management.azure.com").token}` },
      body: "",
    });
    expect(answer).toMatchObject({ status: 200 });
    azure.faults.clear();
    azure.faults.add({ match: {}, kind: "rowsVanish", times: 1 });
    expect(itemsOf(await raw("aks-open", "/api/v1/pods"))).toHaveLength(7);
    const query = { method: "POST", url: "https://management.azure.com/", headers: {}, body: "" };
    expect(azure.faults.take(query, "resourceGraph")).toMatchObject({ kind: "rowsVanish" });
  });

  it("are a certificate that the kubeconfig's authority did not sign", async () => {
    const other = createEmulatedAzure({ estate: estateOf(world) });
    const strange = await startEmulatedKubernetes(other, { isUnvouched: true });
    try {
      const found = await aksClient(other, payments).managedClusters.listClusterUserCredentials(
        "rg-aks-open",
        "aks-open",
      );
      const config = new KubeConfig();
      config.loadFromString(Buffer.from(found.kubeconfigs?.[0]?.value ?? []).toString());
      const cluster = config.getCurrentCluster();
      if (!cluster) throw new Error("The kubeconfig names no cluster.");
      config.loadFromClusterAndUser(cluster, { name: "monitor", token: other.issueToken(audience).token });
      await expect(config.makeApiClient(CoreV1Api).listPodForAllNamespaces()).rejects.toMatchObject({
        code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      });
      expect(other.requests.filter(({ service }) => service === "kubernetes")).toEqual([]);
    } finally {
      await strange.close();
    }
  });
});

/** What an API server answers, before a client reads it. */
async function raw(name: string, path: string, token = azure.issueToken(audience).token): Promise<RawObject> {
  const outcome = await azure.handleKubernetes({
    method: "GET",
    url: `${server.url}/${payments}/rg-${name}/${name}${path}`,
    headers: { authorization: `Bearer ${token}` },
    body: "",
  });
  if (typeof outcome === "string" || typeof outcome.body !== "string")
    throw new Error("There was no answer.");
  return JSON.parse(outcome.body);
}

function itemsOf({ items }: RawObject): readonly RawObject[] {
  return Array.isArray(items) ? items : [];
}
