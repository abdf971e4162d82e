import { TextDecoder } from "node:util";
import { DocumentError } from "../../application/document-error.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Decodes a document as it arrives: UTF-8, or UTF-16 in either order, with a byte order mark or without. */
export async function* decodeText(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let read = 0;
  for await (const chunk of withWholeStart(bytes)) {
    if (chunk[0] === 0x1f && chunk[1] === 0x8b && decoder === null)
      throw new DocumentError(name, "is compressed (gzip); unpack it first");
    if (decoder === null && isUtf32(chunk)) throw new DocumentError(name, "is UTF-32 text; save it as UTF-8");
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decode(decoder, name, chunk, read);
    read += chunk.byteLength;
  }
  if (decoder !== null) yield decode(decoder, name, null, read);
}

/** PowerShell 5 writes UTF-16 when output is redirected with `>`. JSON starts with an ASCII character, so the zero byte beside it tells the order. */
function encodingOf(start: Uint8Array): Encoding {
  const [first = 0, second = 0] = start;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (start.byteLength < 2) return "utf-8";
  if (first !== 0 && second === 0) return "utf-16le";
  return first === 0 && second !== 0 ? "utf-16be" : "utf-8";
}

/** Its byte order mark, or an ASCII character, by which JSON starts, in four bytes. UTF-16 has no such start: a NUL is no JSON. */
function isUtf32(start: Uint8Array): boolean {
  if (start.byteLength < 4) return false;
  const [first, second, third, fourth] = start;
  if (first === 0 && second === 0) return third === 0 ? fourth !== 0 : third === 0xfe && fourth === 0xff;
  if (third !== 0 || fourth !== 0) return false;
  return second === 0 || (first === 0xff && second === 0xfe);
}

function decode(decoder: TextDecoder, name: string, chunk: Uint8Array | null, read: number): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const at = read + (chunk === null ? 0 : badByteIn(decoder.encoding, chunk));
    throw new DocumentError(
      name,
      `is not text: what stands at byte ${at + 1} is not ${decoder.encoding.toUpperCase()}`,
    );
  }
}

function badByteIn(encoding: string, chunk: Uint8Array): number {
  const before = new TextDecoder(encoding).decode(chunk).split("\ufffd", 1)[0] ?? "";
  return encoding === "utf-8" ? Buffer.byteLength(before) : before.length * 2;
}

/** A pipe may hand over a single byte first; the encoding shows in four. */
async function* withWholeStart(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array();
  for await (const chunk of bytes) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.byteLength < 4) continue;
    yield start;
    start = null;
  }
  if (start !== null && start.byteLength > 0) yield start;
}
