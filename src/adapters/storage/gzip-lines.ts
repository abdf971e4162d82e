import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** Lines are handed to the compressor in pieces of this many bytes; many small ones cost more to hand over than to compress. */
const pieceBytes = 256 * 1024;
/** Where a gzip header names the operating system; 255 stands for unknown (RFC 1952). */
const osByte = 9;
/** Half the time of the default level for a body half as large again, which costs a few cents a year. */
const level = 3;

export interface Compressed {
  readonly body: Buffer;
  /** Hexadecimal, of the body. */
  readonly sha256: string;
}

/** Lines as gzip; the same lines give the same bytes: no time in the header (zlib's default) and no operating system. */
export async function gzipLines(lines: Iterable<string>): Promise<Compressed> {
  const chunks: Buffer[] = [];
  // Not by `pipe`, which would keep an error of the lines to itself and wait for ever.
  await pipeline(pieces(lines), createGzip({ level }), async (compressed: AsyncIterable<Buffer>) => {
    for await (const chunk of compressed) chunks.push(chunk);
  });
  const body = Buffer.concat(chunks);
  body[osByte] = 255;
  return { body, sha256: createHash("sha256").update(body).digest("hex") };
}

/** The lines again; throws what zlib throws when the bytes are damaged or end early. */
export async function* gunzipLines(body: Buffer): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of Readable.from([body]).pipe(createGunzip())) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Encoded straight into the piece, which spares a copy of every line; the buffer of a piece is not used again. */
function* pieces(lines: Iterable<string>): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let filled = 0;
  for (const line of lines) {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const most = line.length * 3 + 1;
    if (filled + most > piece.length) {
      if (filled > 0) yield piece.subarray(0, filled);
      piece = Buffer.allocUnsafe(Math.max(pieceBytes, most));
      filled = 0;
    }
    filled += piece.write(line, filled);
    filled += piece.write("\n", filled);
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
