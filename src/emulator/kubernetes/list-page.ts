import { answerJson } from "../errors.ts";
import type { RawObject } from "../estate/world.ts";
import type { TextResponse } from "../service.ts";
import type { ApiPath } from "./api-path.ts";
import { isObject } from "./object-metadata.ts";
import { statusOf } from "./status.ts";

/** How a page was asked for, and how the world stands. */
export interface PageRequest {
  readonly path: ApiPath;
  readonly query: URLSearchParams;
  /** Changes with the world; a list that began in another one has expired. */
  readonly resourceVersion: string;
  /** A page always promises another. */
  readonly isEndless: boolean;
  /** A page that goes on with a list comes too late. */
  readonly isExpired: boolean;
}

/**
 * A page of a list: `limit` objects from where the token `continue` says
 * (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
 */
export function listPage(objects: readonly RawObject[], request: PageRequest): TextResponse {
  const { path, query, resourceVersion, isEndless, isExpired } = request;
  const unknown = [...query.keys()].filter((key) => !understood.includes(key));
  if (unknown.length > 0) {
    return statusOf(400, { reason: "BadRequest", message: `not emulated: ${unknown.join(", ")}` });
  }
  const limit = Number(query.get("limit") ?? 0);
  if (!Number.isInteger(limit) || limit < 0) {
    return statusOf(400, { reason: "BadRequest", message: `invalid limit: ${query.get("limit")}` });
  }
  const token = query.get("continue");
  const from = token === null ? { start: 0, resourceVersion } : readToken(token);
  if (from === null) {
    return statusOf(400, { reason: "BadRequest", message: "continue key is not valid: illegal base64 data" });
  }
  const start = isEndless ? 0 : from.start;
  const end = limit === 0 ? objects.length : start + limit;
  if (isExpired || from.resourceVersion !== resourceVersion) return expired(start, resourceVersion);
  const hasMore = isEndless || end < objects.length;
  return answerJson(200, {
    kind: `${kindOf(objects, path)}List`,
    apiVersion: path.group === "" ? path.version : `${path.group}/${path.version}`,
    metadata: {
      resourceVersion,
      ...(hasMore && {
        continue: writeToken(end, resourceVersion),
        remainingItemCount: Math.max(objects.length - end, 1),
      }),
    },
    items: objects.slice(start, end).map((object) => (isBuiltIn(path) ? withoutType(object) : object)),
  });
}

/** `pretty` and how long to take change nothing here. Whatever else would narrow a list is refused rather than passed over. */
const understood: readonly string[] = ["limit", "continue", "pretty", "timeoutSeconds", "resourceVersion"];

/** 410, with a token that goes on with the list as it is now, which then holds together no more. */
function expired(start: number, resourceVersion: string): TextResponse {
  return statusOf(410, {
    reason: "Expired",
    message:
      "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
    metadata: { continue: writeToken(start, resourceVersion) },
  });
}

function writeToken(start: number, rv: string): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv, start })).toString("base64url");
}

function readToken(token: string): { readonly start: number; readonly resourceVersion: string } | null {
  try {
    const { rv, start }: RawObject = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    return typeof rv === "string" && typeof start === "number" ? { start, resourceVersion: rv } : null;
  } catch {
    // No token of ours; the caller answers it.
    return null;
  }
}

/** The objects of Kubernetes' own groups go without their type within a list, those of other groups carry it. */
function isBuiltIn({ group }: ApiPath): boolean {
  return !group.includes(".") || (group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io"));
}

function withoutType({ apiVersion: _, kind: __, ...rest }: RawObject): RawObject {
  return rest;
}

/** What an empty list is of, where the plural does not tell by itself. */
const kinds: Readonly<Record<string, string>> = {
  networkpolicies: "NetworkPolicy",
  clusterroles: "ClusterRole",
  rolebindings: "RoleBinding",
  clusterrolebindings: "ClusterRoleBinding",
  secretproviderclasses: "SecretProviderClass",
  ciliumnetworkpolicies: "CiliumNetworkPolicy",
  ciliumclusterwidenetworkpolicies: "CiliumClusterwideNetworkPolicy",
  globalnetworkpolicies: "GlobalNetworkPolicy",
};

function kindOf([first]: readonly RawObject[], { resource }: ApiPath): string {
  if (isObject(first) && typeof first.kind === "string") return first.kind;
  return kinds[resource] ?? `${resource.charAt(0).toUpperCase()}${resource.slice(1, -1)}`;
}
