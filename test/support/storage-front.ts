import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { afterAll, beforeAll } from "vitest";

/** What the front says in storage's place. */
export interface FrontAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FrontRequest {
  readonly method: string;
  /** Decoded, with its query. */
  readonly url: string;
  readonly body: string;
}

/** `pass`: storage answers. `hang`: nobody does. `drop`: storage acts and its answer gets lost. */
export type FrontRule = (request: FrontRequest) => FrontAnswer | "pass" | "hang" | "drop";

/** A server in front of Azurite (or of nothing), so that the real clients meet faults that Azurite never has. */
export interface StorageFront {
  /** A connection string whose every request comes through here. */
  connectionString(): string;
  setRule(rule: FrontRule): void;
  /** The requests since they were last asked for. */
  takeRequests(): readonly FrontRequest[];
}

export function shareStorageFront(behind: () => string | null): StorageFront {
  let rule: FrontRule = () => "pass";
  let seen: FrontRequest[] = [];
  const servers = new Map<string, { readonly server: Server; port: number }>();

  beforeAll(async () => {
    for (const service of ["Blob", "Table"]) {
      const server = createServer(async (incoming, outgoing) => {
        const body = await bodyOf(incoming);
        const asked = {
          method: incoming.method ?? "",
          url: decodeURIComponent(incoming.url ?? ""),
          body: body.toString("utf8"),
        };
        seen.push(asked);
        const answer = rule(asked);
        if (answer === "hang") return;
        if (answer !== "pass" && answer !== "drop") {
          outgoing.writeHead(answer.status, answer.headers).end(answer.body);
          return;
        }
        const { port } = new URL(endpointOf(behind() ?? "", service));
        const { method, headers, url: path } = incoming;
        const forwarded = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
          if (answer === "drop") response.resume().on("end", () => outgoing.destroy());
          else response.pipe(outgoing.writeHead(response.statusCode ?? 500, response.headers));
        });
        forwarded.end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      servers.set(service, { server, port: typeof address === "object" && address ? address.port : 0 });
    }
  });
  afterAll(() => {
    for (const { server } of servers.values()) server.close().closeAllConnections();
  });

  return {
    connectionString() {
      const endpoint = (service: string) =>
        `${service}Endpoint=http://127.0.0.1:${servers.get(service)?.port}/devstoreaccount1;`;
      const key = /AccountKey=([^;]+)/.exec(behind() ?? "")?.[1] ?? "c2VjcmV0LWtleQ==";
      return `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};${endpoint("Blob")}${endpoint("Table")}`;
    },
    setRule(next) {
      rule = next;
    },
    takeRequests() {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

function endpointOf(connectionString: string, service: string): string {
  return new RegExp(`${service}Endpoint=([^;]+)`).exec(connectionString)?.[1] ?? "";
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
