import type { HttpRequest } from "@azure/functions";
import type { z } from "zod";

/** Bodies of this API are a few names; more is a mistake or an attack. */
const mostBytes = 16 * 1024;

export type Body<T> =
  | { readonly isValid: true; readonly value: T }
  | { readonly isValid: false; readonly fault: string };

/** Reads a small JSON body by its schema; an empty one counts as `{}`. */
export async function readBody<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<Body<T>> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > mostBytes)
    return { isValid: false, fault: `The body has more than ${mostBytes} bytes.` };

  const text = new TextDecoder().decode(bytes);
  const parsed = text.trim() === "" ? {} : parseJson(text);
  if (parsed === undefined) return { isValid: false, fault: "The body is not JSON." };

  const outcome = schema.safeParse(parsed);
  if (outcome.success) return { isValid: true, value: outcome.data };
  return {
    isValid: false,
    fault: outcome.error.issues
      .map(({ path, message }) => `${path.join(".") || "The body"}: ${message}.`)
      .join(" "),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The position in a body of a few names helps nobody.
    return undefined;
  }
}
