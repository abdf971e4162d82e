import { Agent } from "node:https";
import { withTimeout } from "../../timeout.ts";
import type { ApiAnswer } from "./api-answer.ts";
import type { WayIn } from "./way-in.ts";

/** One cluster's API server, to be read and nothing else. */
export interface ApiServer {
  /** @throws whatever the client does when no answer comes within the time */
  get(path: string, query: Readonly<Record<string, string>>, timeoutInMs: number): Promise<ApiAnswer>;
  close(): void;
}

/**
 * Opens an API server with a token. The client is large, and loaded only now. Its generated methods are left aside: they
 * make every object over into classes that drop what they do not know, and would pass on wrong types unseen.
 */
export async function openApiServer({ server, authority }: WayIn, token: string): Promise<ApiServer> {
  const { HttpMethod, IsomorphicFetchHttpLibrary, KubeConfig, ServerConfiguration } = await import(
    "@kubernetes/client-node"
  );
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name: "cluster", server, caData: authority, skipTLSVerify: false },
    { name: "monitor", token },
  );
  const http = new IsomorphicFetchHttpLibrary();
  const configuration = new ServerConfiguration(server.replace(/\/+$/, ""), {});
  // The client's own agent keeps no connection: every page would cost a handshake. This one trusts the cluster's authority alone, whatever the environment says.
  const agent = new Agent({
    ca: Buffer.from(authority, "base64"),
    keepAlive: true,
    rejectUnauthorized: true,
  });

  return {
    get(path, query, timeoutInMs) {
      const context = configuration.makeRequestContext(path, HttpMethod.GET);
      for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value);
      context.setHeaderParam("Accept", "application/json");
      return withTimeout(async (abortSignal) => {
        await kubeConfig.applySecurityAuthentication(context);
        context.setAgent(agent);
        context.setSignal(abortSignal);
        const { httpStatusCode, headers, body } = await http.send(context).toPromise();
        return {
          status: httpStatusCode,
          retryAfterInMs: secondsIn(headers["retry-after"]),
          body: parse(await body.text()),
        };
      }, timeoutInMs);
    },
    close: () => agent.destroy(),
  };
}

/** In milliseconds; the API server says it in whole seconds. */
function secondsIn(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) * 1000 : null;
}

/** Undefined for what is no JSON: the answer is then judged by its status and by not being an object. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
