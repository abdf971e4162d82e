import {
  type ApiException,
  CoreV1Api,
  KubeConfig,
  NetworkingV1Api,
  RbacAuthorizationV1Api,
} from "@kubernetes/client-node";
import { createEmulatedAzure, type EmulatedAzure } from "../../../src/emulator/azure.ts";
import type { ClusterInside, RawObject } from "../../../src/emulator/estate/world.ts";
import {
  type EmulatedKubernetes,
  type EmulatedKubernetesOptions,
  startEmulatedKubernetes,
} from "../../../src/emulator/kubernetes/server.ts";
import type { EmulatedResponse } from "../../../src/emulator/service.ts";
import { aksClient } from "../../support/emulated-clients.ts";
import { clusterRow, estateOf, payments, smallWorld } from "../../support/world-small.ts";

const entra = { aadProfile: { managed: true, enableAzureRBAC: true, tenantID: "tenant" } };

/** Whom tokens for API servers are made out to. */
export const audience = "6dae42f8-4368-4678-94ff-3960e28e3630";

export const pods = Array.from({ length: 7 }, (_, index) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `web-${index}`, namespace: index === 0 ? "shop" : "web" },
  spec: { containers: [] },
}));

export const sealed = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "sealed" },
};

const open: ClusterInside = {
  lists: {
    "/api/v1/pods": pods,
    "/apis/networking.k8s.io/v1/networkpolicies": [],
    "/apis/rbac.authorization.k8s.io/v1/clusterroles": [],
    "/apis/cilium.io/v2/ciliumnetworkpolicies": [sealed],
  },
};

/** Clusters by what sets them apart. */
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
  rows: Object.keys(insides).map((name) =>
    clusterRow(payments, name, { ...(name !== "aks-local" && entra), fqdn: `${name}-dns-1.hcp.example` }),
  ),
  insideOf: (id) => insides[id.slice(id.lastIndexOf("/") + 1)] ?? null,
});

/** The API servers of a few clusters on two nights, and the real clients for them. */
export interface ServedClusters extends EmulatedKubernetes {
  readonly azure: EmulatedAzure;
  /** The kubeconfig that Azure hands out, as text and as the client reads it. */
  kubeconfigOf(name: string): Promise<{ readonly text: string; readonly config: KubeConfig }>;
  /** Clients that sign in with a token, for the right audience if nothing else is said. */
  clientsOf(name: string, token?: string): Promise<Clients>;
  /** What an API server answers, before a client reads it. */
  ask(name: string, path: string, token?: string): Promise<EmulatedResponse>;
  /** The same as JSON. */
  read(name: string, path: string, token?: string): Promise<RawObject>;
}

interface Clients {
  readonly core: CoreV1Api;
  readonly networking: NetworkingV1Api;
  readonly access: RbacAuthorizationV1Api;
}

/** An emulated Azure with these clusters, whose API servers nobody serves yet. */
export function createAzureWithClusters(): EmulatedAzure {
  return createEmulatedAzure({ estate: estateOf(world, { ...world, now: "2026-11-21T01:00:00Z" }) });
}

export async function kubeconfigFrom(azure: EmulatedAzure, name: string): Promise<string> {
  const client = aksClient(azure, payments).managedClusters;
  const { kubeconfigs } = await client.listClusterUserCredentials(`rg-${name}`, name);
  return Buffer.from(kubeconfigs?.[0]?.value ?? []).toString("utf8");
}

export async function serveClusters(options: EmulatedKubernetesOptions = {}): Promise<ServedClusters> {
  const azure = createAzureWithClusters();
  const server = await startEmulatedKubernetes(azure, options);
  const issueToken = () => azure.issueToken(audience).token;

  async function kubeconfigOf(name: string) {
    const text = await kubeconfigFrom(azure, name);
    const config = new KubeConfig();
    config.loadFromString(text);
    return { text, config };
  }
  async function ask(name: string, path: string, token = issueToken()): Promise<EmulatedResponse> {
    const outcome = await azure.handleKubernetes({
      method: "GET",
      url: `${server.url}/${payments}/rg-${name}/${name}${path}`,
      headers: { authorization: `Bearer ${token}` },
      body: "",
    });
    if (typeof outcome === "string") throw new Error(`There was no answer but ${outcome}.`);
    return outcome;
  }

  return {
    ...server,
    azure,
    kubeconfigOf,
    ask,
    read: async (...asked) => JSON.parse(String((await ask(...asked)).body)),
    async clientsOf(name, token = issueToken()) {
      const cluster = (await kubeconfigOf(name)).config.getCurrentCluster();
      if (!cluster) throw new Error("The kubeconfig names no cluster.");
      const config = new KubeConfig();
      config.loadFromClusterAndUser(cluster, { name: "monitor", token });
      return {
        core: config.makeApiClient(CoreV1Api),
        networking: config.makeApiClient(NetworkingV1Api),
        access: config.makeApiClient(RbacAuthorizationV1Api),
      };
    },
  };
}

/** The status an API server refused with, as the object it sent. */
export async function refusal(asking: Promise<unknown>): Promise<RawObject> {
  const error: unknown = await asking.catch((caught: unknown) => caught);
  // The client's own error; whatever else is thrown has neither code nor body.
  const { code, body } = error as ApiException<unknown>;
  return typeof body === "string" && body.startsWith("{") ? JSON.parse(body) : { code, body };
}

export function itemsOf({ items }: RawObject): readonly RawObject[] {
  return Array.isArray(items) ? items : [];
}
