import type { Archive } from "../../src/application/ports.ts";
import type { Manifest } from "../../src/domain/sweep.ts";

/** An archive that compresses nothing: for tests of so many sweeps that it counts. */
export function createPlainArchive(): Archive {
  const parts = new Map<string, readonly string[]>();
  const manifests = new Map<string, Manifest>();
  return {
    async writePart(sweepId, name, lines) {
      const kept = [...lines];
      parts.set(`${sweepId}/${name}`, kept);
      return { name, bytes: kept.join("\n").length, sha256: "" };
    },
    async *readPart(sweepId, name) {
      yield* parts.get(`${sweepId}/${name}`) ?? [];
    },
    async writeManifest(manifest) {
      manifests.set(manifest.sweep.id, manifest);
    },
    readManifest: async (sweepId) => manifests.get(sweepId) ?? null,
  };
}
