import { SourceError } from "../../application/source-error.ts";
import { at, malformedGap, type Place, readRequiredText, readText } from "../row.ts";
import { readArmList } from "./arm-list.ts";
import { askOrThrow } from "./ask.ts";
import { type AzureAccess, patienceOf } from "./azure-access.ts";
import { createGraphClient } from "./graph-client.ts";
import { grantGraphPermission } from "./remedies.ts";

/** The directory of people, groups and applications, read only. */
export interface Directory {
  /** Everybody in a group and in the groups in it, as Microsoft Graph lists them; null when it knows no such group. @throws SourceError */
  members(groupId: string): Promise<readonly unknown[] | null>;
  /** Names by object id (lower case): those that are gone, or that nobody may see, are not in it. @throws SourceError */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** On one page (https://learn.microsoft.com/graph/api/group-list-transitivemembers). */
const mostMembersPerPage = 999;

/** In one request (https://learn.microsoft.com/graph/api/directoryobject-getbyids). */
const mostIdsAtOnce = 1000;

/** The directory through Microsoft Graph's own client. */
export function createDirectory(access: AzureAccess): Directory {
  const graph = createGraphClient(access);
  const patience = patienceOf(access);

  return {
    async members(groupId) {
      const path = `/groups/${encodeURIComponent(groupId)}/transitiveMembers`;
      const request = {
        task: `the members of group ${groupId}`,
        remedy: grantGraphPermission("GroupMember.Read.All", "User.Read.All"),
        first: graph.request(path, (first) => first.select(["id", "userType"]).top(mostMembersPerPage).get()),
        linkProperty: "@odata.nextLink",
      };
      try {
        return await readArmList(graph, request, patience);
      } catch (error) {
        if (error instanceof SourceError && error.reason === "notFound") return null;
        throw error;
      }
    },
    async names(ids) {
      const all = [...new Set(ids.map((id) => id.toLowerCase()))];
      const names = new Map<string, string>();
      for (let start = 0; start < all.length; start += mostIdsAtOnce) {
        const some = all.slice(start, start + mostIdsAtOnce);
        const task = `the names of ${some.length} principals`;
        const { value } = await askOrThrow(
          {
            task,
            remedy: grantGraphPermission("Directory.Read.All"),
            send: graph.request("/directoryObjects/getByIds", (request) =>
              request.post({ ids: some, types: ["user", "group", "servicePrincipal"] }),
            ),
          },
          patience,
        );
        for (const [id, name] of namesIn(task, value)) names.set(id, name);
      }
      return names;
    },
  };
}

/** Of kinds of objects that a permission does not cover, only the ids come. */
function namesIn(task: string, value: unknown): readonly (readonly [id: string, name: string])[] {
  if (!Array.isArray(value))
    throw new SourceError(`Could not read ${task}: value is not a list.`, { reason: "malformed" });
  try {
    return value.flatMap((entry, index) => {
      const object: Place = { path: `value[${index}]`, value: entry };
      const name = readText(at(object, "displayName"));
      return name === null ? [] : [[readRequiredText(at(object, "id")).toLowerCase(), name] as const];
    });
  } catch (error) {
    const { detail } = malformedGap("", error);
    throw new SourceError(`Could not read ${task}: ${detail}`, { reason: "malformed" });
  }
}
