import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import { Client, type Context } from "@microsoft/microsoft-graph-client";
import { SourceError } from "../../application/source-error.ts";
import type { Send } from "./answer.ts";
import { readArmList } from "./arm-list.ts";
import { type AzureAccess, credentialOf, patienceOf } from "./azure-access.ts";
import { clouds } from "./clouds.ts";

/** The directory of people and groups, read only. */
export interface Directory {
  /** Everybody in a group and in the groups in it, as Microsoft Graph lists them; null when it knows no such group. @throws SourceError */
  members(groupId: string): Promise<readonly unknown[] | null>;
}

/** Application permissions that a refusal is mended by (https://learn.microsoft.com/graph/api/group-list-transitivemembers). */
export const grantGraphPermissions =
  "Grant the monitor's identity the application permissions GroupMember.Read.All and User.Read.All of Microsoft Graph: az rest --method POST --url https://graph.microsoft.com/v1.0/servicePrincipals/<principal-id>/appRoleAssignments --body <app-role-assignment>";

/** Members on one page at most. */
const mostMembersPerPage = 999;

/** The directory through Microsoft Graph's own client, over the same pipeline as everything else of Azure. */
export function createDirectory(access: AzureAccess): Directory {
  const { endpoint, scopes } = access.graph ?? clouds.public.graph;
  const httpClient = access.httpClient ?? createDefaultHttpClient();
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(
    bearerTokenAuthenticationPolicy({ credential: credentialOf(access), scopes: [...scopes] }),
  );

  /** The client builds the request, and has no say in sending it: who is to be trusted with the token is told here. */
  function sendThrough(address: string, select: readonly string[] = []): Send {
    return async ({ abortSignal, onResponse }) => {
      const execute = async (context: Context) => {
        const url = String(context.request);
        const headers = createHttpHeaders({ accept: "application/json" });
        const request = createPipelineRequest({ url, method: "GET", headers, abortSignal });
        const response = await pipeline.sendRequest(httpClient, request);
        const body = response.bodyAsText ?? "";
        onResponse({ ...response, parsedBody: parse(body) });
        context.response = new Response(body, {
          status: response.status,
          headers: { "content-type": "application/json" },
        });
      };
      const client = Client.initWithMiddleware({ baseUrl: `${trimmed(endpoint)}/`, middleware: { execute } });
      const request = client.api(address);
      if (select.length > 0) request.select([...select]).top(mostMembersPerPage);
      return request.get();
    };
  }

  return {
    async members(groupId) {
      const first = sendThrough(`/groups/${encodeURIComponent(groupId)}/transitiveMembers`, [
        "id",
        "userType",
      ]);
      try {
        return await readArmList(
          { follow: (link) => sendThrough(ownAddress(link, endpoint)) },
          {
            task: `the members of group ${groupId}`,
            remedy: grantGraphPermissions,
            first,
            linkProperty: "@odata.nextLink",
          },
          patienceOf(access),
        );
      } catch (error) {
        if (error instanceof SourceError && error.reason === "notFound") return null;
        throw error;
      }
    },
  };
}

/** The token goes to Microsoft Graph and nowhere else. */
function ownAddress(link: string, endpoint: string): string {
  if (URL.canParse(link) && new URL(link).origin === new URL(endpoint).origin) return link;
  throw new SourceError("The link to the next page leads away from Microsoft Graph.", {
    reason: "malformed",
  });
}

function trimmed(endpoint: string): string {
  return endpoint.replace(/\/+$/, "");
}

/** Undefined for what is no JSON: the answer is then judged by its status and by not being an object. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
