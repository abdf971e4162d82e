import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { bytesOf, type EmulatedOutcome } from "./service.ts";

/** Bytes handed to the socket at a time, so that a caller who reads slowly fills no memory. */
const mostBytesAtOnce = 256 * 1024;

/** Lets a caller have what becomes of its request; settles when that is out, or the caller has gone. */
export async function writeAnswer(response: ServerResponse, outcome: EmulatedOutcome): Promise<void> {
  if (outcome === "hang") return;
  if (outcome === "reset") {
    response.socket?.destroy();
    return;
  }
  const pieces = bytesOf(outcome);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(outcome.status, { ...outcome.headers, "content-length": length });
  if (outcome.dripInMs !== undefined) trickle(response, Buffer.concat(pieces), outcome.dripInMs);
  else if (length <= mostBytesAtOnce) response.end(Buffer.concat(pieces));
  else await stream(response, pieces);
}

async function stream(response: ServerResponse, pieces: readonly Uint8Array[]): Promise<void> {
  try {
    await pipeline(Readable.from(slicesOf(pieces)), response);
  } catch (error) {
    // The caller hung up, as callers may.
    if (!response.destroyed) throw error;
  }
}

function* slicesOf(pieces: readonly Uint8Array[]): Iterable<Uint8Array> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += mostBytesAtOnce) yield piece.subarray(at, at + mostBytesAtOnce);
  }
}

/** Writes a body in even pieces over a time, until it is out or the caller has gone. */
function trickle(response: ServerResponse, body: Buffer, dripInMs: number): void {
  const pieces = Math.min(body.length, 100);
  let sent = 0;
  const timer = setInterval(() => {
    const from = Math.floor((body.length * sent) / pieces);
    sent += 1;
    response.write(body.subarray(from, Math.floor((body.length * sent) / pieces)));
    if (sent < pieces) return;
    clearInterval(timer);
    response.end();
  }, dripInMs / pieces);
  response.once("close", () => clearInterval(timer));
}
