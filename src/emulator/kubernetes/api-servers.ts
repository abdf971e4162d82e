import { answerJson } from "../errors.ts";
import type { ClusterInside, RawObject } from "../estate/world.ts";
import type { FaultKind } from "../fault-kinds.ts";
import type { EmulatedRequest, EmulatedResponse } from "../service.ts";
import type { TokenIssuer } from "../tokens.ts";
import type { WorldIndex } from "../world-index.ts";
import { type ApiPath, readApiPath } from "./api-path.ts";
import { administratorToken, applicationOfAks, hasManagedEntra } from "./cluster-sign-in.ts";
import { listPage, type PageRequest } from "./list-page.ts";
import { metadataText } from "./object-metadata.ts";
import { pathNotFound, statusOf } from "./status.ts";

/** Reaches the API server that a request means: what answers there under a fault or none, or null where connections are cut off. */
export type ReachApiServer = (
  request: EmulatedRequest,
) => ((fault: FaultKind | undefined) => EmulatedResponse) | null;

/** The API servers of all clusters, each under a path of its own: they show what the world of tonight holds inside, to read alone. */
export function createApiServers(worldIndex: () => WorldIndex, tokens: TokenIssuer): ReachApiServer {
  /** Who asks: by a token of Entra where that is integrated, else by the administrator's credential. */
  function principalOf(request: EmulatedRequest, cluster: RawObject): string | null {
    if (hasManagedEntra(cluster)) return tokens.find(request, [applicationOfAks])?.principalId ?? null;
    const isAdministrator = request.headers.authorization === `Bearer ${administratorToken(cluster)}`;
    return isAdministrator ? "masterclient" : null;
  }

  return (request) => {
    const { clusterId, path, query } = readAddress(request);
    const { world } = worldIndex();
    // Made for this request, and forgotten after it.
    const inside = world.insideOf?.(clusterId) ?? null;
    if (inside?.way === "closed") return null;
    return (fault) => {
      const cluster = worldIndex().resource(clusterId);
      if (!cluster || !inside) return pathNotFound();
      const principal = principalOf(request, cluster);
      if (principal === null) return statusOf(401);
      if (path === "/apis") return answerJson(200, groupsOf(inside));
      const asked = readApiPath(path);
      if (asked === null) return pathNotFound();
      // Rights are looked at first, so that what is not served may be refused as well.
      if (isRefused(request.method, asked, inside)) return forbidden(request.method, asked, principal);
      return answerRead(inside, {
        path: asked,
        query,
        resourceVersion: String(Date.parse(worldIndex().world.now) / 1000),
        isEndless: fault === "endlessPages",
        isExpired: fault === "expiredContinue",
      });
    };
  };
}

/** An object by its name, or a page of those in a namespace or in all. */
function answerRead({ lists }: ClusterInside, request: PageRequest): EmulatedResponse {
  const { list, namespace, name } = request.path;
  const all = lists[list];
  if (!all) return pathNotFound();
  const objects =
    namespace === null ? all : all.filter((object) => metadataText(object, "namespace") === namespace);
  return name === null ? listPage(objects, request) : oneOf(objects, request.path);
}

function readAddress({ url }: EmulatedRequest) {
  const { pathname, searchParams } = new URL(url);
  const [, subscription = "", group = "", name = "", ...rest] = pathname.split("/");
  const provider = "providers/Microsoft.ContainerService/managedClusters";
  return {
    clusterId: `/subscriptions/${subscription}/resourceGroups/${decodeURIComponent(group)}/${provider}/${decodeURIComponent(name)}`,
    path: `/${rest.map(decodeURIComponent).join("/")}`,
    query: searchParams,
  };
}

/** Groups that every cluster has, beside those of the lists that are here. */
const everyGroup: readonly string[] = [
  "apps/v1",
  "batch/v1",
  "networking.k8s.io/v1",
  "rbac.authorization.k8s.io/v1",
];

/** Which groups are installed: whoever may sign in may ask, whatever else is refused. */
function groupsOf({ lists }: ClusterInside): RawObject {
  const listed = Object.keys(lists).flatMap((path) => /^\/apis\/([^/]+\/[^/]+)\//.exec(path)?.[1] ?? []);
  return {
    kind: "APIGroupList",
    apiVersion: "v1",
    groups: [...new Set([...everyGroup, ...listed])].map((groupVersion) => {
      const [name, version] = groupVersion.split("/");
      const preferredVersion = { groupVersion, version };
      return { name, versions: [preferredVersion], preferredVersion };
    }),
  };
}

/** What nobody lets a reader do: change anything, read secrets, look at the nodes. */
const closedLists: readonly string[] = ["/api/v1/secrets", "/api/v1/nodes"];

function isRefused(method: string, { list }: ApiPath, { refused = [] }: ClusterInside): boolean {
  return method !== "GET" || [...closedLists, ...refused].some((one) => one === "*" || one === list);
}

const verbs: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/** Worded as the authorizer of Azure RBAC has it (github.com/kubeguard/guard, `authz/providers/azure/rbac`). */
function forbidden(method: string, { group, resource, namespace, name }: ApiPath, user: string) {
  const verb = verbs[method] ?? (name === null ? "list" : "get");
  const scope = namespace === null ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const what = name === null ? resource : `${resource} "${name}"`;
  return statusOf(403, {
    message: `${what} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}: User does not have access to the resource in Azure. Update role assignment to allow access.`,
    details: { ...(name !== null && { name }), ...(group !== "" && { group }), kind: resource },
  });
}

function oneOf(objects: readonly RawObject[], { resource, name, group }: ApiPath): EmulatedResponse {
  const found = objects.find((object) => metadataText(object, "name") === name);
  if (found) return answerJson(200, found);
  const full = group === "" ? resource : `${resource}.${group}`;
  return statusOf(404, { message: `${full} "${name}" not found`, details: { name, kind: resource } });
}
