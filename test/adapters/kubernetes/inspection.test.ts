import { describe, expect, it } from "vitest";
import { inspectedGroups as groups } from "../../../src/adapters/kubernetes/not-inspected.ts";
import type { RawObject } from "../../../src/emulator/estate/world.ts";
import { strangeAuthority } from "../../../src/emulator/kubernetes/strange-authority.ts";
import { clusterId, inspect, usual } from "./support/inspect.ts";
import { denyAll, rawBinding, rawNamespace, rawPod, rawPolicy } from "./support/raw-objects.ts";
import { notFound, page, status } from "./support/scripted-api-server.ts";

const pods = "/api/v1/pods";
const namespaces = "/api/v1/namespaces";
const policies = "/apis/networking.k8s.io/v1/networkpolicies";
const secretClasses = "/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses";
const roleBindings = "/apis/rbac.authorization.k8s.io/v1/rolebindings";
const clusterRoleBindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
const clusterRoles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";

const lists = {
  [namespaces]: [rawNamespace("web"), rawNamespace("kube-system")],
  [pods]: [rawPod()],
  [policies]: [rawPolicy("web", "default-deny", denyAll)],
};

/** Everything is unread for one and the same reason. */
function unread(reason: string, detail: RegExp | string, remedy: unknown = expect.anything()) {
  const gap = { scope: clusterId, reason, detail: expect.stringMatching(detail), remedy };
  return Object.fromEntries(groups.map((group) => [group, { state: "unavailable", gap }]));
}

function notInspected(reason: RegExp) {
  const value = { state: "notInspected", reason: expect.stringMatching(reason) };
  return Object.fromEntries(groups.map((group) => [group, { state: "collected", value }]));
}

describe("a cluster that is looked into", () => {
  it("tells of its namespaces, bindings, secrets, images and workloads", async () => {
    const { readings } = await inspect({ lists });
    expect(readings).toEqual({
      namespaceIsolation: {
        state: "collected",
        value: {
          state: "inspected",
          value: [
            {
              name: "web",
              pods: 1,
              policies: [
                { path: "web/NetworkPolicy/default-deny", denies: ["ingress", "egress"], allows: [] },
              ],
            },
          ],
        },
      },
      kubernetesBindings: {
        state: "collected",
        value: { state: "inspected", value: { bindings: [], others: 0 } },
      },
      environmentSecrets: {
        state: "collected",
        value: { state: "inspected", value: { uses: [], isCutOff: false, workloads: 1 } },
      },
      mountedSecrets: {
        state: "collected",
        value: { state: "inspected", value: { uses: [], isCutOff: false, workloads: 1 } },
      },
      podImages: {
        state: "collected",
        value: {
          state: "inspected",
          value: [{ image: "contoso.azurecr.io/api:1", path: "web/Pod/api-1", workloads: 1 }],
        },
      },
      inspectedWorkloads: {
        state: "collected",
        value: {
          state: "inspected",
          value: { answers: expect.arrayContaining([expect.anything()]), workloads: 1 },
        },
      },
    });
  });

  it("is asked with the monitor's own token, to read and nothing else, and never for a Secret", async () => {
    const { asked } = await inspect({ lists });
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(new Set(asked.map(({ authorization }) => authorization)).size).toBe(1);
    expect(asked[0]?.authorization).toMatch(/^Bearer ./);
    expect(asked.map(({ path }) => path).filter((path) => path.endsWith("/secrets"))).toEqual([]);
  });

  it("shares one request for a token with the others", async () => {
    const { tokenRequests, of } = await inspect({ lists, clusters: { "aks-1": usual, "aks-2": usual } });
    expect(of("aks-2").podImages?.state).toBe("collected");
    expect(tokenRequests).toBe(1);
  });

  it("is not asked for the policies of an engine it does not have", async () => {
    const { asked } = await inspect({ lists });
    const paths = asked.map(({ path }) => path).join(" ");
    expect(paths).toContain("ciliumnetworkpolicies");
    expect(paths).not.toContain("projectcalico");
  });

  it("is asked for the policies of any engine where it brings its network itself", async () => {
    const properties = { ...usual, networkProfile: { networkPlugin: "none" } };
    const { asked } = await inspect({ lists, properties });
    const paths = asked.map(({ path }) => path).join(" ");
    expect(paths).toContain("ciliumnetworkpolicies");
    expect(paths).toContain("crd.projectcalico.org/v1/globalnetworkpolicies");
  });
});

describe("a list of many pages", () => {
  const many = Array.from({ length: 3 }, (_, index) => rawPod({ name: `api-${index}` }));

  it("is read to its end, page after page", async () => {
    const { readings, asked } = await inspect({
      lists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        const at = Number(query.get("continue") ?? 0);
        return page(many.slice(at, at + 1), at < 2 ? String(at + 1) : undefined);
      },
    });
    expect(readings.environmentSecrets).toMatchObject({
      state: "collected",
      value: { value: { workloads: 3 } },
    });
    expect(asked.filter(({ path }) => path === pods).map(({ query }) => query.toString())).toEqual([
      "limit=500",
      "limit=500&continue=1",
      "limit=500&continue=2",
    ]);
  });

  it("is begun again once when it expired, and counts nothing twice", async () => {
    let expired = 0;
    const { readings } = await inspect({
      lists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        if (!query.has("continue")) return page(many.slice(0, 2), "more");
        expired += 1;
        return expired === 1 ? status(410, "Expired") : page(many.slice(2));
      },
    });
    expect(readings.namespaceIsolation).toMatchObject({
      state: "collected",
      value: { value: [{ pods: 3 }] },
    });
  });

  it("is unread when it expires again", async () => {
    const { readings } = await inspect({
      lists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        return query.has("continue") ? status(410, "Expired") : page(many, "more");
      },
    });
    expect(readings.podImages).toMatchObject({ state: "unavailable", gap: { reason: "incomplete" } });
    expect(readings.inspectedWorkloads?.state).toBe("unavailable");
  });

  it.each([
    ["that go round in a circle", () => "same", 2],
    ["that never end", (at: number) => String(at + 1), 400],
  ])("with pages %s is unread", async (_, next, pages) => {
    const { readings, asked } = await inspect({
      lists,
      say: ({ path, query }) => {
        if (path !== pods) return undefined;
        return page([], next(Number(query.get("continue") ?? 0)));
      },
    });
    expect(asked.filter(({ path }) => path === pods)).toHaveLength(pages);
    expect(readings.podImages).toMatchObject({
      state: "unavailable",
      gap: { reason: "incomplete", detail: expect.stringContaining("the pages do not end") },
    });
  });

  it.each([
    ["without its entries", { metadata: { resourceVersion: "1" } }, "malformed"],
    ["whose entries are no list", { metadata: { resourceVersion: "1" }, items: {} }, "malformed"],
    ["without metadata", { items: [] }, "malformed"],
    ["whose metadata is null", { metadata: null, items: [] }, "malformed"],
    ["whose metadata is empty", { metadata: {}, items: [] }, "malformed"],
    ["that goes on at a number", { metadata: { resourceVersion: "1", continue: 7 }, items: [] }, "malformed"],
    [
      "that promises more and names no way to it",
      { metadata: { resourceVersion: "1", remainingItemCount: 3 }, items: [] },
      "incomplete",
    ],
  ])("%s is unread", async (_, body, reason) => {
    const { readings } = await inspect({ lists, say: ({ path }) => (path === pods ? { body } : undefined) });
    expect(readings.podImages).toMatchObject({ state: "unavailable", gap: { reason } });
    expect(readings.kubernetesBindings).toMatchObject({ state: "collected" });
  });
});

describe("an API server that answers otherwise", () => {
  it.each([
    [
      "a web page",
      { headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" },
      "malformed",
      /was not the JSON/,
    ],
    ["nothing", { body: " " }, "malformed", /was not the JSON/],
    ["a list of JSON", { body: [1] }, "malformed", /was not the JSON/],
    ["half of its JSON", { body: '{"items":[' }, "malformed", /was not the JSON/],
    ["401", status(401, "Unauthorized"), "accessDenied", /answered 401 Unauthorized/],
    ["404 for what every cluster has", notFound, "notFound", /answered 404/],
    [
      "429 and again 429",
      status(429, "TooManyRequests", { "retry-after": "1" }),
      "throttled",
      /answered 429/,
    ],
    ["500", status(500, "InternalError"), "unavailable", /answered 500 InternalError/],
    ["503 as a page", { status: 503, body: "<html>" }, "unavailable", /answered 503/],
  ] as const)("%s is unread as a whole", async (_, said, reason, detail) => {
    const { readings } = await inspect({ say: () => said });
    expect(readings).toEqual(
      unread(reason, detail, reason === "accessDenied" ? expect.stringContaining("tenant") : null),
    );
  });

  it.each([
    ["of unknown length", {}, /the connection failed \(ERR_STREAM_PREMATURE_CLOSE\)/],
    // The client does not notice, and waits for the rest.
    ["of known length", { "content-length": "5000" }, /no answer came in time/],
  ])("that breaks off in the middle of a body %s is unread", async (_, headers, detail) => {
    const { readings } = await inspect({
      say: () => ({ headers, body: '{"items":[]}', breaksOffAfter: 5 }),
      time: { requestInMs: 300, clusterInMs: 30_000 },
    });
    expect(readings).toEqual(unread("unavailable", detail));
  });

  it("that resets connections is tried again, and unread in the end", async () => {
    const { readings, asked, waits } = await inspect({ say: () => "reset" });
    expect(readings).toEqual(
      unread(
        "unavailable",
        /the connection failed \(ECONNRESET\)/,
        expect.stringContaining("authorized ranges"),
      ),
    );
    expect(asked).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  it("that never answers is tried once, since it lies behind something that drops what comes", async () => {
    const { readings, asked } = await inspect({
      say: () => "hang",
      time: { requestInMs: 100, clusterInMs: 30_000 },
    });
    expect(readings).toEqual(
      unread("unavailable", /no answer came in time/, expect.stringContaining("authorized ranges")),
    );
    expect(asked).toHaveLength(1);
  });

  it("is waited for as long as it asks, and read after that", async () => {
    let times = 0;
    const { readings, waits } = await inspect({
      lists,
      say: ({ path }) => {
        if (path !== pods) return undefined;
        times += 1;
        return times === 1 ? status(429, "TooManyRequests", { "retry-after": "7" }) : undefined;
      },
    });
    expect(readings.podImages).toMatchObject({ state: "collected" });
    expect(waits).toEqual([7000]);
  });

  it("gets no more than its time in all", async () => {
    const { readings } = await inspect({
      lists,
      say: ({ path }) => (path === pods ? "hang" : undefined),
      time: { requestInMs: 10_000, clusterInMs: 400 },
    });
    expect(readings.podImages).toMatchObject({
      state: "unavailable",
      gap: { detail: expect.stringContaining("the cluster took longer than 0.4 s in all") },
    });
    expect(readings.kubernetesBindings).toMatchObject({ state: "collected" });
  });
});

describe("the connection to an API server", () => {
  it("is trusted by the cluster's own authority alone", async () => {
    const { readings, asked } = await inspect({ lists, authority: strangeAuthority });
    expect(readings).toEqual(
      unread(
        "unavailable",
        /its certificate is none that the cluster's own authority vouches for/,
        expect.stringContaining("unopened"),
      ),
    );
    expect(asked).toEqual([]);
  });

  it("is unread where nobody listens", async () => {
    const { readings } = await inspect({ lists, server: "https://127.0.0.1:1" });
    expect(readings).toEqual(unread("unavailable", /the connection failed \(ECONNREFUSED\)/));
  });

  it("is not made to another address than one of https", async () => {
    const { readings, asked } = await inspect({ lists, server: "http://127.0.0.1:1" });
    expect(readings).toEqual(unread("malformed", /names no https address/, null));
    expect(asked).toEqual([]);
  });

  it("is not made without an authority", async () => {
    const { readings } = await inspect({ lists, authority: "nobody" });
    expect(readings).toEqual(unread("malformed", /names no certificate authority/, null));
  });
});

describe("a cluster nobody looks into", () => {
  it("that is stopped says so", async () => {
    const { readings, requests } = await inspect({
      properties: { ...usual, powerState: { code: "Stopped" } },
    });
    expect(readings).toEqual(notInspected(/is stopped.*az aks start/));
    expect(requests).toEqual([]);
  });

  it("without Entra is not even asked for its credential, which is an administrator's", async () => {
    const { readings, requests } = await inspect({ properties: { ...usual, aadProfile: null } });
    expect(readings).toEqual(
      notInspected(/managed Microsoft Entra ID.*administrator's credential, which Midwatch never asks for/),
    );
    expect(requests).toEqual([]);
  });

  it.each([
    { managed: false, serverAppID: "11111111-0000-4000-8000-000000000000" },
    { enableAzureRBAC: true },
  ])("with Entra as in former times counts as without it: %j", async (aadProfile) => {
    const { readings, requests } = await inspect({ properties: { ...usual, aadProfile } });
    expect(readings).toEqual(notInspected(/managed Microsoft Entra ID/));
    expect(requests).toEqual([]);
  });

  it.each([
    ["managed", /properties\.aadProfile is a string/],
    [{ managed: "true" }, /properties\.aadProfile\.managed is a string/],
  ])("whose Entra profile %j cannot be read is a gap, and asked for nothing", async (aadProfile, detail) => {
    const { readings, requests } = await inspect({ properties: { ...usual, aadProfile } });
    expect(readings).toEqual(unread("malformed", detail, null));
    expect(requests).toEqual([]);
  });

  it("that is private says what would change it, and is asked for once: a fleet may hold thousands whose names nobody knows", async () => {
    const { readings, waits } = await inspect({ server: "https://aks-1.privatelink.invalid" });
    expect(waits).toEqual([]);
    expect(readings).toEqual(notInspected(/is private.*private DNS zone/));
  });

  it("whose public name is not known is a gap", async () => {
    const { readings } = await inspect({ server: "https://aks-1.invalid" });
    expect(readings).toEqual(unread("unavailable", /the connection failed/));
  });
});

describe("a refusal", () => {
  it("by Resource Manager names the role that leads into the cluster", async () => {
    const { readings } = await inspect({
      faults: [{ match: { pathIncludes: "listClusterUserCredential" }, kind: "403" }],
    });
    expect(readings).toEqual(
      unread(
        "accessDenied",
        /the way into .* Azure answered 403/,
        expect.stringContaining("4abbcc35-e782-43d8-92c5-2d3f1bd2253f"),
      ),
    );
  });

  it.each([
    [
      pods,
      ["inspectedWorkloads", "namespaceIsolation", "environmentSecrets", "mountedSecrets", "podImages"],
      "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    ],
    [namespaces, ["namespaceIsolation"], "7f6c6a51-bcf8-42ba-9220-52d62157d7db"],
    [policies, ["namespaceIsolation"], "7f6c6a51-bcf8-42ba-9220-52d62157d7db"],
    [
      "/apis/cilium.io/v2/ciliumnetworkpolicies",
      ["namespaceIsolation"],
      "managedClusters/customresources/read",
    ],
  ])("of %s leaves unread what hangs on it, and names the right", async (refused, hit, right) => {
    const { readings } = await inspect({
      lists,
      say: ({ path }) => (path === refused ? status(403, "Forbidden") : undefined),
    });
    for (const group of groups) {
      const reading = readings[group];
      if (!hit.includes(group)) expect(reading?.state).toBe("collected");
      else
        expect(reading).toMatchObject({
          state: "unavailable",
          gap: { reason: "accessDenied", remedy: expect.stringContaining(right) },
        });
    }
  });

  it("of secret provider classes leaves mounted Secrets open, and those in the environment told", async () => {
    const { readings } = await inspect({
      lists: {
        ...lists,
        [pods]: [
          rawPod({
            spec: { volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] },
            container: { envFrom: [{ secretRef: { name: "database" } }] },
          }),
        ],
      },
      say: ({ path }) => (path === secretClasses ? status(403, "Forbidden") : undefined),
    });
    expect(readings.environmentSecrets).toMatchObject({
      state: "collected",
      value: { value: { uses: [{ path: "web/Pod/api-1" }] } },
    });
    expect(readings.mountedSecrets).toMatchObject({
      state: "partial",
      value: { value: { uses: [] } },
      gap: { reason: "accessDenied" },
    });
  });

  it.each([
    ["not installed is none", ["apps", "networking.k8s.io"], "collected"],
    ["installed is one", ["networking.k8s.io", "secrets-store.csi.x-k8s.io"], "partial"],
    ["perhaps not installed is one, where the groups cannot be all", [], "partial"],
  ])("of what is %s", async (_, names, state) => {
    const { readings } = await inspect({
      lists,
      say: ({ path }) => {
        if (path === secretClasses) return status(403, "Forbidden");
        const groups = names.map((name) => ({ name }));
        return path === "/apis" ? { body: { kind: "APIGroupList", groups } } : undefined;
      },
    });
    expect(readings.mountedSecrets?.state).toBe(state);
  });

  it("of roles leaves bindings partly told: what a name alone says stands", async () => {
    const someone = { kind: "Group", name: "ffffffff-0000-4000-8000-000000000001" };
    const { readings } = await inspect({
      lists: { ...lists, [clusterRoleBindings]: [rawBinding("all", "ClusterRole/cluster-admin", [someone])] },
      say: ({ path }) => (path === clusterRoles ? status(403, "Forbidden") : undefined),
    });
    expect(readings.kubernetesBindings).toMatchObject({
      state: "partial",
      value: { value: { bindings: [{ path: "ClusterRoleBinding/all", powers: ["cluster-admin"] }] } },
      gap: { remedy: expect.stringContaining("rbac.authorization.k8s.io/clusterroles/read") },
    });
  });

  it("of the groups that administer the cluster leaves open who AKS bound, and tells of the others", async () => {
    const stranger = { kind: "Group", name: "ffffffff-0000-4000-8000-000000000001" };
    const made = rawBinding("aks-cluster-admin-binding-aad", "ClusterRole/cluster-admin", [stranger]);
    const other = rawBinding("all", "ClusterRole/cluster-admin", [stranger]);
    const read = async (aadProfile: RawObject, ...bindings: readonly RawObject[]) =>
      (
        await inspect({
          lists: { ...lists, [clusterRoleBindings]: bindings },
          properties: { ...usual, aadProfile: { managed: true, ...aadProfile } },
        })
      ).readings.kubernetesBindings;
    const unreadable = { adminGroupObjectIDs: "all" };
    expect(await read(unreadable, made, other)).toMatchObject({
      state: "partial",
      value: { value: { bindings: [{ path: "ClusterRoleBinding/all" }] } },
      gap: { reason: "malformed", detail: expect.stringContaining("adminGroupObjectIDs") },
    });
    expect(await read(unreadable, other)).toMatchObject({ state: "collected" });
    expect(await read({ adminGroupObjectIDs: [] }, made)).toMatchObject({
      state: "collected",
      value: { value: { bindings: [{ path: "ClusterRoleBinding/aks-cluster-admin-binding-aad" }] } },
    });
    expect(await read({ adminGroupObjectIDs: [stranger.name] }, made)).toMatchObject({
      state: "collected",
      value: { value: { bindings: [] } },
    });
  });

  it("of one kind of bindings leaves the other told, of both nothing", async () => {
    const some = await inspect({
      lists,
      say: ({ path }) => (path === roleBindings ? status(403, "Forbidden") : undefined),
    });
    expect(some.readings.kubernetesBindings?.state).toBe("partial");
    const none = await inspect({
      lists,
      say: ({ path }) => (path.endsWith("bindings") ? status(403, "Forbidden") : undefined),
    });
    expect(none.readings.kubernetesBindings?.state).toBe("unavailable");
  });
});

it("leaves out a namespace that came after the namespaces were listed, and says so", async () => {
  const { readings } = await inspect({
    lists: { ...lists, [pods]: [rawPod(), rawPod({ namespace: "late" })] },
  });
  expect(readings.namespaceIsolation).toMatchObject({
    state: "partial",
    value: { value: [{ name: "web" }] },
    gap: { scope: clusterId, reason: "incomplete", detail: expect.stringContaining("Pods run in late,") },
  });
});

describe("an object that is malformed", () => {
  const odd = rawPod({ name: "odd", container: { securityContext: { privileged: "yes" } } });

  it("leaves what hangs on its list partly told, and is named", async () => {
    const { readings } = await inspect({ lists: { ...lists, [pods]: [rawPod(), odd, "pod"] } });
    for (const group of [
      "namespaceIsolation",
      "environmentSecrets",
      "mountedSecrets",
      "podImages",
      "inspectedWorkloads",
    ] as const)
      expect(readings[group]).toMatchObject({
        state: "partial",
        gap: {
          reason: "malformed",
          detail:
            "Could not read a pod, web/odd: spec.containers[0].securityContext.privileged is a string, not a boolean. 1 more of the pods could not be read either.",
        },
      });
  });

  it("of the system's namespaces is nobody's business", async () => {
    const { readings } = await inspect({
      lists: { ...lists, [pods]: [{ metadata: { namespace: "kube-system", name: "odd" }, spec: 1 }] },
    });
    expect(readings.podImages?.state).toBe("collected");
  });

  it("takes a namespace out when it is a policy of it, lest it be failed for what nobody could read", async () => {
    const { readings } = await inspect({
      lists: {
        ...lists,
        [namespaces]: [rawNamespace("web"), rawNamespace("shop")],
        [policies]: [rawPolicy("web", "odd", { podSelector: {}, policyTypes: "Ingress" })],
      },
    });
    expect(readings.namespaceIsolation).toMatchObject({
      state: "partial",
      value: { value: [{ name: "shop" }] },
      gap: { detail: expect.stringContaining("web/odd: spec.policyTypes is a string") },
    });
  });

  it("leaves all namespaces open when it is a policy of the whole cluster", async () => {
    const { readings } = await inspect({
      lists: {
        ...lists,
        "/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies": [{ metadata: { name: "odd" }, spec: 5 }],
      },
    });
    expect(readings.namespaceIsolation).toMatchObject({ state: "unavailable", gap: { reason: "malformed" } });
  });
});
