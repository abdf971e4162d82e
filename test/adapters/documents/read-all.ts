import { readFileSync } from "node:fs";
import { readDocuments } from "../../../src/adapters/documents/clusters.ts";
import type { ObservedCluster } from "../../../src/application/ports.ts";
import type { Gap } from "../../../src/domain/gap.ts";

export interface ReadResult {
  readonly clusters: readonly ObservedCluster[];
  readonly gaps: readonly Gap[];
}

/** Reads one document given as text, bytes or any JSON value. */
export async function readAll(content: unknown, pieceLength = 64): Promise<ReadResult> {
  const bytes = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  const clusters: ObservedCluster[] = [];
  const gaps: Gap[] = [];
  for await (const found of readDocuments([{ name: "document", bytes: inPieces(bytes, pieceLength) }])) {
    if ("reason" in found) gaps.push(found);
    else clusters.push(found);
  }
  return { clusters, gaps };
}

export function readFixture(name: string): Promise<ReadResult> {
  return readAll(fixture(name));
}

export function fixture(name: string): Buffer {
  return readFileSync(`test/fixtures/documents/${name}`);
}

/** As a pipe hands them over: characters are cut in the middle. */
async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}
