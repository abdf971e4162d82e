import type { Archive } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import type { Manifest } from "../../domain/sweep.ts";
import { gunzipLines, gzipLines } from "../storage/gzip-lines.ts";

/** An archive that ends with the process; compressed all the same, so that a large fleet stays small. */
export function createMemoryArchive(): Archive {
  const parts = new Map<string, Buffer>();
  const manifests = new Map<string, Manifest>();
  return {
    async writePart(sweepId, name, lines) {
      const { body, sha256 } = await gzipLines(lines);
      parts.set(`${sweepId}/${name}`, body);
      return { name, bytes: body.length, sha256 };
    },

    async *readPart(sweepId, name) {
      const body = parts.get(`${sweepId}/${name}`);
      if (body === undefined) {
        throw new SourceError(`There is no part ${name} of sweep ${sweepId}.`, { reason: "notFound" });
      }
      yield* gunzipLines(body);
    },

    async writeManifest(manifest) {
      manifests.set(manifest.sweep.id, manifest);
    },

    async readManifest(sweepId) {
      return manifests.get(sweepId) ?? null;
    },
  };
}
