import type { ContainerClient } from "@azure/storage-blob";
import type { Archive } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import type { Manifest } from "../../domain/sweep.ts";
import { isObject } from "../json-object.ts";
import { gunzipLines, gzipLines } from "./gzip-lines.ts";
import { errorCodeOf, storageError, translateErrors } from "./storage-error.ts";

const manifestName = "manifest.json";

/**
 * Parts as `sweeps/{sweep}/{name}`, gzip of one line each, and the manifest beside them. A part is compressed in memory
 * (that follows a batch, not the fleet) and written by one request, so that it is there in whole or not at all.
 */
export function createBlobArchive(container: ContainerClient, giveUpAfterInMs: number): Archive {
  const place = { label: `container ${container.containerName}`, role: "Storage Blob Data Contributor" };
  const bounded = () => ({ abortSignal: AbortSignal.timeout(giveUpAfterInMs) });
  const blob = (sweepId: string, name: string) => container.getBlockBlobClient(`sweeps/${sweepId}/${name}`);

  // Whole, before the first line is handed on: whoever reads slowly must not run into the time limit.
  const readWhole = async (sweepId: string, name: string): Promise<Buffer> => {
    const { readableStreamBody } = await blob(sweepId, name).download(0, undefined, bounded());
    const chunks: Buffer[] = [];
    for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };

  return {
    async writePart(sweepId, name, lines) {
      const { body, sha256 } = await gzipLines(lines);
      // Not as Content-Encoding: clients on the way would unpack it, and the digest is of these bytes.
      const blobHTTPHeaders = { blobContentType: "application/gzip" };
      await translateErrors(place, () =>
        blob(sweepId, name).upload(body, body.length, { ...bounded(), blobHTTPHeaders }),
      );
      return { name, bytes: body.length, sha256 };
    },

    async *readPart(sweepId, name) {
      const body = await translateErrors(place, () => readWhole(sweepId, name));
      try {
        yield* gunzipLines(body);
      } catch (cause) {
        throw damaged(sweepId, name, cause);
      }
    },

    async writeManifest(manifest) {
      const text = `${JSON.stringify(manifest, null, 2)}\n`;
      const blobHTTPHeaders = { blobContentType: "application/json" };
      await translateErrors(place, () =>
        blob(manifest.sweep.id, manifestName).upload(text, Buffer.byteLength(text), {
          ...bounded(),
          blobHTTPHeaders,
        }),
      );
    },

    async readManifest(sweepId) {
      try {
        return parseManifest(sweepId, await readWhole(sweepId, manifestName));
      } catch (error) {
        if (errorCodeOf(error) === "BlobNotFound") return null;
        throw storageError(place, error);
      }
    },
  };
}

function parseManifest(sweepId: string, body: Buffer): Manifest {
  try {
    const manifest: unknown = JSON.parse(body.toString("utf8"));
    if (!isObject(manifest) || manifest.schema !== "midwatch/manifest/1" || !Array.isArray(manifest.parts)) {
      throw new Error("It is no manifest of a version that is known.");
    }
    if (!isObject(manifest.sweep) || !Array.isArray(manifest.sweep.gaps)) {
      throw new Error("It does not say which sweep it is of, and with which gaps.");
    }
    // Of this schema, which `writeManifest` alone writes.
    return manifest as unknown as Manifest;
  } catch (cause) {
    throw damaged(sweepId, manifestName, cause);
  }
}

function damaged(sweepId: string, name: string, cause: unknown): SourceError {
  return new SourceError(`Part ${name} of sweep ${sweepId} is damaged.`, { reason: "malformed", cause });
}
