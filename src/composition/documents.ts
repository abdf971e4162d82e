import { readDocuments as findClustersIn } from "../adapters/documents/clusters.ts";
import { decodeText } from "../adapters/documents/decode-text.ts";
import { parseJson } from "../adapters/documents/parse-json.ts";
import type { Document, ReadDocuments } from "../application/judge-documents.ts";

/** Reads clusters from files and pipes; the same everywhere, so nothing is to be configured. */
export const readDocuments: ReadDocuments = findClustersIn;

/** The JSON value of a document that is no cluster's, such as a profile; throws DocumentError when it cannot be read. */
export async function readJson({ name, bytes }: Document): Promise<unknown> {
  for await (const value of parseJson(name, decodeText(name, bytes))) return value;
  return undefined;
}
