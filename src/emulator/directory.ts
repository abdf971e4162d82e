import { AzureError, answerError, answerJson } from "./errors.ts";
import type { DirectoryMember, World } from "./estate/world.ts";
import type { EmulatedService, TextResponse } from "./service.ts";
import type { TokenIssuer } from "./tokens.ts";

/** The resource that tokens for Microsoft Graph are made for. */
const graphResource = "https://graph.microsoft.com";

const membersPath = /^\/v1\.0\/groups\/(?<group>[^/]+)\/transitiveMembers\/?$/i;

const namesPath = /^\/v1\.0\/directoryObjects\/getByIds\/?$/i;

/** Objects asked for in one request at most (https://learn.microsoft.com/graph/api/directoryobject-getbyids). */
const mostIds = 1000;

/** Members on one page unless asked for more (https://learn.microsoft.com/graph/api/group-list-transitivemembers). */
const usualPage = 100;
const largestPage = 999;

/** Microsoft Graph's groups with their members, and names by object id, read only. */
export function createDirectory(world: () => World, tokens: TokenIssuer): EmulatedService {
  return {
    handles: (url) => /^\/v1\.0\//i.test(url.pathname),
    async handle(request) {
      const url = new URL(request.url);
      // Sovereign clouds have a resource of their own; here that is the emulator's own origin.
      if (!tokens.find(request, [graphResource, url.origin]))
        return refuse(401, "InvalidAuthenticationToken", "Access token is empty or not for this resource.");
      if (request.method === "POST" && namesPath.test(url.pathname))
        return answerNames(request.body, world());
      const { group } = membersPath.exec(decodeURIComponent(url.pathname))?.groups ?? {};
      if (group === undefined || request.method !== "GET")
        return refuse(400, "BadRequest", "Resource not found for the segment.");
      const members = world().groups?.[group.toLowerCase()];
      return members === undefined ? notFound(group) : answerMembers(url, members);
    },
  };
}

function answerMembers(url: URL, members: readonly DirectoryMember[]): TextResponse {
  const top = Math.min(Number(url.searchParams.get("$top") ?? usualPage), largestPage);
  const start = Number(url.searchParams.get("$skiptoken") ?? 0);
  const select = url.searchParams.get("$select")?.split(",") ?? ["id", "displayName", "userType"];
  const end = start + top;
  const next = new URL(url);
  next.searchParams.set("$skiptoken", String(end));
  return answerJson(200, {
    "@odata.context": `${url.origin}/v1.0/$metadata#directoryObjects(${select.join(",")})`,
    ...(end < members.length && { "@odata.nextLink": next.href }),
    value: members.slice(start, end).map((member) => shown(member, select)),
  });
}

/** What is not in the directory is left out without a word. */
function answerNames(body: string, { groups = {} }: World): TextResponse {
  const { ids }: { readonly ids?: readonly string[] } = JSON.parse(body);
  if (ids === undefined || ids.length > mostIds)
    return refuse(400, "Request_BadRequest", `At most ${mostIds} ids can be resolved in one request.`);
  const known = new Map(Object.values(groups).flatMap((members) => members.map((one) => [one.id, one])));
  return answerJson(200, {
    value: ids.flatMap((id) => {
      const found = known.get(id.toLowerCase());
      return found ? [shown(found, ["id", "displayName"])] : [];
    }),
  });
}

/** Of properties asked for, those that the kind of object has. */
function shown({ kind, ...member }: DirectoryMember, select: readonly string[]) {
  const properties = Object.entries(member).filter(([name]) => select.includes(name));
  return { "@odata.type": `#microsoft.graph.${kind}`, ...Object.fromEntries(properties) };
}

function notFound(group: string): TextResponse {
  return refuse(
    404,
    "Request_ResourceNotFound",
    `Resource '${group}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

function refuse(status: number, code: string, message: string): TextResponse {
  return answerError(new AzureError(status, code, message));
}
