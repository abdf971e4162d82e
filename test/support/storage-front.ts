import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
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
  /** What is asked in short, such as `PUT sweeps(…)`: a transaction is named by the table of its first row. */
  readonly title: string;
}

/** `pass`: storage answers. `hang`: nobody does. `drop`: storage acts and its answer gets lost. */
export type FrontRule = (request: FrontRequest) => FrontAnswer | "pass" | "hang" | "drop";

/** Carries a request and its answer, when and if it likes. The title says what is asked, such as `PUT /…`. */
export type Carry = <T>(send: () => Promise<T>, title: string) => Promise<T>;

/** A server in front of Azurite (or of nothing), so that the real clients meet faults that Azurite never has. */
export interface StorageFront {
  /** A connection string whose every request comes through here. */
  connectionString(): string;
  setRule(rule: FrontRule): void;
  /** For requests that the rule lets pass. */
  setCarry(carry: Carry): void;
  /** The requests since they were last asked for. */
  takeRequests(): readonly FrontRequest[];
}

/** A front for the tests of one file. */
export function shareStorageFront(behind: () => string | null): StorageFront {
  const front = createStorageFront(behind);
  beforeAll(front.open);
  afterAll(front.close);
  return front;
}

export interface OpenableFront extends StorageFront {
  open(): Promise<void>;
  /** Breaks off what still hangs. */
  close(): void;
}

const services = ["Blob", "Table"] as const;

export function createStorageFront(behind: () => string | null): OpenableFront {
  let rule: FrontRule = () => "pass";
  let carry: Carry = (send) => send();
  let seen: FrontRequest[] = [];
  const servers = new Map<string, { readonly server: Server; readonly port: number }>();

  const answer = async (service: string, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await bodyOf(incoming);
    const { method = "", url = "", headers } = incoming;
    const asked = named({ method, url: decodeURIComponent(url), body: body.toString("utf8") });
    seen.push(asked);
    const verdict = rule(asked);
    if (verdict === "hang") return;
    if (verdict !== "pass" && verdict !== "drop") {
      outgoing.writeHead(verdict.status, verdict.headers).end(verdict.body);
      return;
    }
    const { port } = new URL(endpointOf(behind() ?? "", service));
    const send = () => forward({ host: "127.0.0.1", port, method, path: url, headers }, body);
    const answered = await (verdict === "pass" ? carry(send, asked.title) : send());
    if (verdict === "drop") outgoing.destroy();
    else outgoing.writeHead(answered.status, answered.headers).end(answered.body);
  };

  return {
    async open() {
      for (const service of services) {
        const server = createServer((incoming, outgoing) => {
          answer(service, incoming, outgoing).catch(() => outgoing.destroy());
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const address = server.address();
        servers.set(service, { server, port: typeof address === "object" && address ? address.port : 0 });
      }
    },
    close() {
      for (const { server } of servers.values()) server.close().closeAllConnections();
    },
    connectionString() {
      const endpoint = (service: string) =>
        `${service}Endpoint=http://127.0.0.1:${servers.get(service)?.port}/devstoreaccount1;`;
      const key = /AccountKey=([^;]+)/.exec(behind() ?? "")?.[1] ?? "c2VjcmV0LWtleQ==";
      return `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};${services.map(endpoint).join("")}`;
    },
    setRule(next) {
      rule = next;
    },
    setCarry(next) {
      carry = next;
    },
    takeRequests() {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

function forward(options: RequestOptions, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>(
    (resolve, reject) => {
      const forwarded = request(options, (response) => {
        bodyOf(response).then(
          (received) =>
            resolve({ status: response.statusCode ?? 500, headers: response.headers, body: received }),
          reject,
        );
      });
      forwarded.once("error", reject).end(body);
    },
  );
}

function named(asked: Omit<FrontRequest, "title">): FrontRequest {
  const path = asked.url.split("?")[0]?.replace("/devstoreaccount1/", "") ?? "";
  const table = /^(?:POST|PUT|PATCH|MERGE) \S*devstoreaccount1\/(\w+)/m.exec(asked.body)?.[1];
  return { ...asked, title: `${asked.method} ${table === undefined ? "" : `${table} `}${path}` };
}

function endpointOf(connectionString: string, service: string): string {
  return new RegExp(`${service}Endpoint=([^;]+)`).exec(connectionString)?.[1] ?? "";
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
