import { HttpRequest, type HttpResponseInit, InvocationContext } from "@azure/functions";
import { expect } from "vitest";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import type { Handler } from "../../src/functions/answering.ts";

/** What a caller gets. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Headers;
  // Bodies are looked at property by property.
  readonly body: Record<string, unknown>;
}

/** Asks a handler; a body that is no text is sent as JSON. */
export async function ask(
  handler: Handler,
  body?: unknown,
  params: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const request = new HttpRequest({
    method: "POST",
    url: "http://127.0.0.1/api/",
    params,
    ...(text === undefined ? {} : { body: { string: text } }),
  });
  const context = new InvocationContext({ logHandler: () => undefined });
  return read(await handler(request, context));
}

/** An answer as it goes over the wire. */
export function read({ status, headers, body }: HttpResponseInit): Answer {
  return { status, headers: new Headers(headers), body: JSON.parse(String(body)) };
}

/** An error as RFC 9457 has it, not to be kept, with a sentence that helps. */
export function expectProblem({ status, headers, body }: Answer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers.get("Content-Type")).toBe("application/problem+json");
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(body).toMatchObject({ type: "about:blank", status: expected });
  expect(body.title).toMatch(/^[A-Z]/);
  expect(body.detail).toMatch(/^.{10,}$/);
}

/** The id of a cluster of the estate. */
export function idOf(name: string): string {
  const id = nightOne().rows.find((row) => row.name === name)?.id;
  if (typeof id !== "string") throw new Error(`The estate has no ${name}.`);
  return id;
}
