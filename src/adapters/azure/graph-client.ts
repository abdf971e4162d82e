import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import { Client, type Context, type GraphRequest } from "@microsoft/microsoft-graph-client";
import { SourceError } from "../../application/source-error.ts";
import type { Send } from "./answer.ts";
import { type AzureAccess, credentialOf } from "./azure-access.ts";
import { clouds } from "./clouds.ts";

/** Requests to Microsoft Graph, each put together by its own client. */
export interface GraphClient {
  /** `path` as in `/groups/{id}/transitiveMembers`, version 1.0. */
  request(path: string, send: (request: GraphRequest) => Promise<unknown>): Send;
  /** The next page of a list, by the link the page before it gave. @throws SourceError for a link that leads elsewhere */
  follow(link: string): Send;
}

/** Microsoft Graph over the same pipeline as everything else of Azure: trying again is `ask.ts`'s business alone. */
export function createGraphClient(access: AzureAccess): GraphClient {
  const { endpoint, scopes } = access.graph ?? clouds.public.graph;
  const httpClient = access.httpClient ?? createDefaultHttpClient();
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(
    bearerTokenAuthenticationPolicy({ credential: credentialOf(access), scopes: [...scopes] }),
  );

  function request(path: string, send: (request: GraphRequest) => Promise<unknown>): Send {
    return ({ abortSignal, onResponse }) => {
      const execute = async (context: Context) => {
        const { method, body } = context.options ?? {};
        const answer = await pipeline.sendRequest(
          httpClient,
          createPipelineRequest({
            url: String(context.request),
            method: method === "POST" ? "POST" : "GET",
            headers: createHttpHeaders({
              accept: "application/json",
              ...(typeof body === "string" && { "content-type": "application/json" }),
            }),
            ...(typeof body === "string" && { body }),
            abortSignal,
          }),
        );
        const text = answer.bodyAsText ?? "";
        onResponse({ ...answer, parsedBody: parse(text) });
        context.response = new Response(text, {
          status: answer.status,
          headers: { "content-type": "application/json" },
        });
      };
      const baseUrl = `${endpoint.replace(/\/+$/, "")}/`;
      return send(Client.initWithMiddleware({ baseUrl, middleware: { execute } }).api(path));
    };
  }

  return {
    request,
    follow(link) {
      // The token goes to Microsoft Graph and nowhere else.
      if (URL.canParse(link) && new URL(link).origin === new URL(endpoint).origin)
        return request(link, (next) => next.get());
      throw new SourceError("The link to the next page leads away from Microsoft Graph.", {
        reason: "malformed",
      });
    },
  };
}

/** Undefined for what is no JSON: the answer is then judged by its status and by not being an object. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
