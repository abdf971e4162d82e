import { describe, expect, it } from "vitest";
import { inspectedGroups as groups } from "../../../src/adapters/kubernetes/not-inspected.ts";
import type { RawObject } from "../../../src/emulator/estate/world.ts";
import { allUnread } from "./support/all-unread.ts";
import { clusterId, inspect, usual } from "./support/inspect.ts";
import { rawBinding, rawNamespace, rawPod, rawPolicy } from "./support/raw-objects.ts";
import { status } from "./support/scripted-api-server.ts";
import { namespaces, pods, policies, usualLists } from "./support/usual-lists.ts";

const secretClasses = "/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses";
const roleBindings = "/apis/rbac.authorization.k8s.io/v1/rolebindings";
const clusterRoleBindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
const clusterRoles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";

function notInspected(reason: RegExp) {
  const value = { state: "notInspected", reason: expect.stringMatching(reason) };
  return Object.fromEntries(groups.map((group) => [group, { state: "collected", value }]));
}

describe("a cluster that is looked into", () => {
  it("tells of its namespaces, bindings, secrets, images and workloads", async () => {
    const { readings } = await inspect({ lists: usualLists });
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
    const { asked } = await inspect({ lists: usualLists });
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(new Set(asked.map(({ authorization }) => authorization)).size).toBe(1);
    expect(asked[0]?.authorization).toMatch(/^Bearer ./);
    expect(asked.map(({ path }) => path).filter((path) => path.endsWith("/secrets"))).toEqual([]);
  });

  it("shares one request for a token with the others", async () => {
    const { tokenRequests, of } = await inspect({
      lists: usualLists,
      clusters: { "aks-1": usual, "aks-2": usual },
    });
    expect(of("aks-2").podImages?.state).toBe("collected");
    expect(tokenRequests).toBe(1);
  });

  it("is not asked for the policies of an engine it does not have", async () => {
    const { asked } = await inspect({ lists: usualLists });
    const paths = asked.map(({ path }) => path).join(" ");
    expect(paths).toContain("ciliumnetworkpolicies");
    expect(paths).not.toContain("projectcalico");
  });

  it("is asked for the policies of any engine where it brings its network itself", async () => {
    const properties = { ...usual, networkProfile: { networkPlugin: "none" } };
    const { asked } = await inspect({ lists: usualLists, properties });
    const paths = asked.map(({ path }) => path).join(" ");
    expect(paths).toContain("ciliumnetworkpolicies");
    expect(paths).toContain("crd.projectcalico.org/v1/globalnetworkpolicies");
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
    expect(readings).toEqual(allUnread("malformed", detail, null));
    expect(requests).toEqual([]);
  });

  it("that is private says what would change it, and is asked for once: a fleet may hold thousands whose names nobody knows", async () => {
    const { readings, waits } = await inspect({ server: "https://aks-1.privatelink.invalid" });
    expect(waits).toEqual([]);
    expect(readings).toEqual(notInspected(/is private.*private DNS zone/));
  });

  it("whose public name is not known is a gap", async () => {
    const { readings } = await inspect({ server: "https://aks-1.invalid" });
    expect(readings).toEqual(allUnread("unavailable", /the connection failed/));
  });
});

describe("a refusal", () => {
  it("by Resource Manager names the role that leads into the cluster", async () => {
    const { readings } = await inspect({
      faults: [{ match: { pathIncludes: "listClusterUserCredential" }, kind: "403" }],
    });
    expect(readings).toEqual(
      allUnread(
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
      lists: usualLists,
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
        ...usualLists,
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
      lists: usualLists,
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
      lists: {
        ...usualLists,
        [clusterRoleBindings]: [rawBinding("all", "ClusterRole/cluster-admin", [someone])],
      },
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
          lists: { ...usualLists, [clusterRoleBindings]: bindings },
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
      lists: usualLists,
      say: ({ path }) => (path === roleBindings ? status(403, "Forbidden") : undefined),
    });
    expect(some.readings.kubernetesBindings?.state).toBe("partial");
    const none = await inspect({
      lists: usualLists,
      say: ({ path }) => (path.endsWith("bindings") ? status(403, "Forbidden") : undefined),
    });
    expect(none.readings.kubernetesBindings?.state).toBe("unavailable");
  });
});

it("leaves out a namespace that came after the namespaces were listed, and says so", async () => {
  const { readings } = await inspect({
    lists: { ...usualLists, [pods]: [rawPod(), rawPod({ namespace: "late" })] },
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
    const { readings } = await inspect({ lists: { ...usualLists, [pods]: [rawPod(), odd, "pod"] } });
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
      lists: { ...usualLists, [pods]: [{ metadata: { namespace: "kube-system", name: "odd" }, spec: 1 }] },
    });
    expect(readings.podImages?.state).toBe("collected");
  });

  it("takes a namespace out when it is a policy of it, lest it be failed for what nobody could read", async () => {
    const { readings } = await inspect({
      lists: {
        ...usualLists,
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
        ...usualLists,
        "/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies": [{ metadata: { name: "odd" }, spec: 5 }],
      },
    });
    expect(readings.namespaceIsolation).toMatchObject({ state: "unavailable", gap: { reason: "malformed" } });
  });
});
