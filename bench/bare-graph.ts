import { Agent, request } from "node:https";

import type { Ask } from "./ask-log.ts";

interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly $skipToken?: string;
}

/** Resource Graph without a product around it: one connection, whole pages, `JSON.parse`. */
export interface BareGraph {
  rows(ask: Ask): AsyncGenerator<Page["data"][number]>;
  counted(): { readonly pages: number; readonly rows: number; readonly bytes: number };
}

/** Signs in at the identity endpoint that the environment names, like the product does. */
export async function createBareGraph(): Promise<BareGraph> {
  const agent = new Agent({ keepAlive: true });
  const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
  const address = new URL(path, process.env.MIDWATCH_ARM_ENDPOINT);
  const headers = { authorization: `Bearer ${await getToken()}`, "content-type": "application/json" };
  const counted = { pages: 0, rows: 0, bytes: 0 };

  function send(body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const outgoing = request(address, { method: "POST", agent, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => {
          pieces.push(piece);
          counted.bytes += piece.length;
        });
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(Buffer.concat(pieces).toString("utf8"));
          else reject(new Error(`Resource Graph answered ${response.statusCode}.`));
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  return {
    async *rows(ask) {
      let token: string | undefined;
      do {
        const options = { ...ask.options, ...(token && { $skipToken: token }) };
        const text = await send(JSON.stringify({ ...ask, options }));
        // What Resource Graph answers with 200, and the emulated one always does.
        const page = JSON.parse(text) as Page;
        counted.pages += 1;
        counted.rows += page.data.length;
        yield* page.data;
        token = page.$skipToken;
      } while (token);
    },
    counted: () => counted,
  };
}

async function getToken(): Promise<string> {
  const endpoint = new URL(process.env.IDENTITY_ENDPOINT ?? "");
  endpoint.searchParams.set("resource", "https://management.azure.com");
  endpoint.searchParams.set("api-version", "2019-08-01");
  const headers = { "X-IDENTITY-HEADER": process.env.IDENTITY_HEADER ?? "" };
  const answer: unknown = await (await fetch(endpoint, { headers })).json();
  if (typeof answer !== "object" || answer === null || !("access_token" in answer))
    throw new Error("The identity endpoint gave no token.");
  return String(answer.access_token);
}
