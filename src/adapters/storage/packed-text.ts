import { gunzipSync, gzipSync } from "node:zlib";
import type { FetchedRow } from "./table.ts";

/** A string property holds at most 32 Ki UTF-16 characters, a binary one 64 KiB, a row 1 MiB, which Azurite counts in base64. */
const mostCharacters = 32_000;
const mostBytes = 64_000;
const mostBinaryParts = 11;

/** The names of the properties a text of so many parts may take. */
export function partNames(name: string, parts: number): readonly string[] {
  return Array.from({ length: parts }, (_, index) => `${name}${index}`);
}

/** A text as properties `name0`, `name1`, …; null when it takes more than `most` of them. */
export function packText(name: string, text: string, most: number): Readonly<Record<string, string>> | null {
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += parts.at(-1)?.length ?? 0) {
    if (parts.length === most) return null;
    parts.push(text.slice(start, endOfPart(text, start)));
  }
  return Object.fromEntries(parts.map((part, index) => [`${name}${index}`, part]));
}

/** The text of such properties; null when there is none. */
export function unpackText(name: string, row: FetchedRow): string | null {
  let text: string | null = null;
  for (let index = 0; ; index += 1) {
    const part = row[`${name}${index}`];
    if (typeof part !== "string") return text;
    text = (text ?? "") + part;
  }
}

/** A long text, compressed when it would fill more than half a row; null when even so it is too long for one. */
export function packLongText(
  name: string,
  text: string,
): Readonly<Record<string, string | Uint8Array>> | null {
  const plain = packText(name, text, 8);
  if (plain !== null) return plain;
  const bytes = gzipSync(text);
  if (bytes.length > mostBinaryParts * mostBytes) return null;
  const parts = Array.from({ length: Math.ceil(bytes.length / mostBytes) }, (_, index) =>
    bytes.subarray(index * mostBytes, (index + 1) * mostBytes),
  );
  return Object.fromEntries(parts.map((part, index) => [`${name}Gzip${index}`, part]));
}

/** The text of `packLongText`; null when there is none. Throws when the compressed bytes are damaged. */
export function unpackLongText(name: string, row: FetchedRow): string | null {
  const parts: Uint8Array[] = [];
  for (let index = 0; ; index += 1) {
    const part = row[`${name}Gzip${index}`];
    if (!(part instanceof Uint8Array)) break;
    parts.push(part);
  }
  return parts.length === 0 ? unpackText(name, row) : gunzipSync(Buffer.concat(parts)).toString("utf8");
}

/** Never between the halves of a surrogate pair: half a pair does not survive UTF-8. */
function endOfPart(text: string, start: number): number {
  const end = Math.min(start + mostCharacters, text.length);
  const isHalf =
    end < text.length && text.charCodeAt(end - 1) >= 0xd800 && text.charCodeAt(end - 1) <= 0xdbff;
  return isHalf ? end - 1 : end;
}
