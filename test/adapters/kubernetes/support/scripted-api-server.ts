import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createLoopbackCertificate } from "../../../../src/emulator/certificate-authority.ts";

/** What an API server that misbehaves as a test asks says to a request; `hang` says nothing, `reset` breaks off. */
export type Said =
  | "hang"
  | "reset"
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Text as it is, anything else as JSON. */
      readonly body?: unknown;
      /** Breaks off after so many characters of the body. */
      readonly breaksOffAfter?: number;
    };

export interface Asked {
  readonly method: string;
  /** Below the cluster. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
}

export interface ScriptedApiServer {
  readonly url: string;
  readonly authority: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** An API server for clusters under `/{subscription}/{group}/{name}` whose every answer a test writes. */
export async function startScriptedApiServer(say: (asked: Asked) => Said): Promise<ScriptedApiServer> {
  const { authority, certificate, key } = await createLoopbackCertificate("Scripted Kubernetes");
  const asked: Asked[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const one = readRequest(request);
    asked.push(one);
    send(response, say(one));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // An https server listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    authority,
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function readRequest({ url = "", method = "", headers }: IncomingMessage): Asked {
  const { pathname, searchParams } = new URL(url, "https://127.0.0.1");
  const path = `/${pathname.split("/").slice(4).join("/")}`;
  return { method, path, query: searchParams, authorization: headers.authorization ?? "" };
}

function send(response: ServerResponse, said: Said): void {
  if (said === "hang") return;
  if (said === "reset") {
    response.socket?.destroy();
    return;
  }
  const { status = 200, headers = {}, body, breaksOffAfter } = said;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
  response.writeHead(status, { "content-type": "application/json", ...headers });
  if (breaksOffAfter === undefined) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, breaksOffAfter), () => response.socket?.destroy());
}

/** A page of a list as an API server writes it. */
export function page(items: readonly unknown[], next?: string): Said {
  return {
    body: {
      kind: "List",
      apiVersion: "v1",
      metadata: { resourceVersion: "4711", ...(next !== undefined && { continue: next }) },
      items,
    },
  };
}

/** A refusal as an API server words it. */
export function status(code: number, reason: string, headers: Readonly<Record<string, string>> = {}): Said {
  return {
    status: code,
    headers,
    body: {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: reason,
      reason,
      code,
    },
  };
}

/** What is said of a list that is not installed. */
export const notFound: Said = {
  status: 404,
  headers: { "content-type": "text/plain" },
  body: "404 page not found\n",
};
