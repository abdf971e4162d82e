import { createHttpHeaders, type HttpClient, type PipelineRequest } from "@azure/core-rest-pipeline";
import type { AzureAccess } from "../../src/adapters/azure/azure-access.ts";

/** One answer of a script; a body that is no text goes out as JSON. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request as it reached the wire. */
export interface SentRequest {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stands in for the network with answers the emulated Azure has no way to give; the last one repeats. */
export function scriptedAccess(answer: (request: SentRequest, nth: number) => ScriptedAnswer): {
  readonly access: AzureAccess;
  readonly sent: readonly SentRequest[];
  readonly waits: readonly number[];
} {
  const sent: SentRequest[] = [];
  const waits: number[] = [];
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const one = { url: request.url, body: bodyOf(request) };
      sent.push(one);
      const { status = 200, headers = {}, body } = answer(one, sent.length);
      const isText = typeof body === "string";
      return {
        request,
        status,
        headers: createHttpHeaders({ "content-type": isText ? "text/html" : "application/json", ...headers }),
        bodyAsText: isText ? body : JSON.stringify(body),
      };
    },
  };
  const access: AzureAccess = {
    credential: {
      getToken: async () => ({ token: "secret-token", expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
    endpoint: "https://management.azure.com",
    scopes: ["https://management.azure.com/.default"],
    httpClient,
    patience: {
      tries: 4,
      tryTimeoutInMs: 1_000,
      longestWaitInMs: 60_000,
      sleep: async (ms) => {
        waits.push(ms);
      },
    },
  };
  return { access, sent, waits };
}

/** A page of Resource Graph. */
export function graphAnswer(rows: readonly unknown[], total: number, skipToken?: string): ScriptedAnswer {
  const token = skipToken === undefined ? {} : { $skipToken: skipToken };
  return {
    body: {
      totalRecords: total,
      count: rows.length,
      data: rows,
      facets: [],
      resultTruncated: "false",
      ...token,
    },
  };
}

function bodyOf({ body }: PipelineRequest): Readonly<Record<string, unknown>> {
  const parsed: unknown = typeof body === "string" && body !== "" ? JSON.parse(body) : {};
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}
