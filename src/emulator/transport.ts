import type { HttpClient, HttpHeaders, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { EmulatedAzure } from "./azure.ts";
import { type EmulatedRequest, textOf } from "./service.ts";

/**
 * The emulated Azure under an SDK client's pipeline, without sockets: pass it as the client's `httpClient`.
 * A hang ends by the request's abort signal or timeout; a reset is the error a socket would give, so the
 * pipeline's own retries see what they would see.
 */
export function createEmulatedTransport(azure: EmulatedAzure): HttpClient {
  return {
    async sendRequest(request) {
      if (request.abortSignal?.aborted) throw abortError();
      const outcome = await azure.handle(readRequest(request));
      if (outcome === "hang") return waitForAbort(request);
      if (outcome === "reset") throw resetError();
      if (outcome.dripInMs !== undefined) await trickle(request, outcome.dripInMs);
      if (request.abortSignal?.aborted) throw abortError();
      const { status, headers } = outcome;
      return {
        request,
        status,
        headers: createHeaders(headers),
        bodyAsText: textOf(outcome),
      };
    },
  };
}

function readRequest({ method, url, headers, body }: PipelineRequest): EmulatedRequest {
  return { method, url, headers: headers.toJSON(), body: readBody(body) };
}

function readBody(body: PipelineRequest["body"]): string {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString("utf8");
  throw new TypeError("The emulated transport takes bodies of text or bytes.");
}

function waitForAbort({ abortSignal, timeout }: PipelineRequest): Promise<PipelineResponse> {
  return new Promise((_, reject) => {
    const timer = timeout > 0 ? setTimeout(() => reject(abortError()), timeout) : undefined;
    abortSignal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(abortError());
    });
  });
}

/** The headers are there, so that the request's own timeout no longer counts: its abort signal alone ends the wait. */
function trickle({ abortSignal }: PipelineRequest, dripInMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, dripInMs);
    abortSignal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(abortError());
    });
  });
}

/** As the pipeline's own client gives up; recognised by its name. */
function abortError(): Error {
  return Object.assign(new Error("The operation was aborted."), {
    name: "AbortError",
  });
}

/** As the pipeline's own client reports a broken socket; its retry policy goes by the name and the code. */
function resetError(): Error {
  return Object.assign(new Error("read ECONNRESET"), {
    name: "RestError",
    code: "ECONNRESET",
  });
}

function createHeaders(raw: Readonly<Record<string, string>>): HttpHeaders {
  const headers = new Map(Object.entries(raw));
  return {
    get: (name) => headers.get(name.toLowerCase()),
    has: (name) => headers.has(name.toLowerCase()),
    set(name, value) {
      headers.set(name.toLowerCase(), String(value));
    },
    delete(name) {
      headers.delete(name.toLowerCase());
    },
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}
