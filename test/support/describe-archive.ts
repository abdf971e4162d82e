import { describe, expect, it } from "vitest";
import type { Archive } from "../../src/application/ports.ts";
import { SourceError } from "../../src/application/source-error.ts";
import type { Manifest } from "../../src/domain/sweep.ts";
import { exampleSweep } from "./example-records.ts";

const sweepId = "2026-11-21T01-00-00Z";
const name = "evidence-0001.ndjson.gz";

/** What every Archive must do; `create` gives an empty one. */
export function describeArchive(title: string, create: () => Promise<Archive>): void {
  describe(`Archive: ${title}`, () => {
    it("gives the lines of a part back as they were, line separators of other scripts and all", async () => {
      const archive = await create();
      const lines = [JSON.stringify({ tag: "a\u2028b\u2029c\r\nd 🔒 日本" }), "", "{}"];
      await archive.writePart(sweepId, name, lines);
      expect(await allOf(archive.readPart(sweepId, name))).toEqual(lines);
    });

    it("takes lines as they come, also many and none", async () => {
      const archive = await create();
      const many = function* () {
        for (let index = 0; index < 50_000; index += 1)
          yield `{"cluster":"aks-${index}","größe":"${"ü".repeat(index % 50)}"}`;
      };
      await archive.writePart(sweepId, name, many());
      await archive.writePart(sweepId, "drift-0001.ndjson.gz", []);
      expect(await allOf(archive.readPart(sweepId, name))).toEqual([...many()]);
      expect(await allOf(archive.readPart(sweepId, "drift-0001.ndjson.gz"))).toEqual([]);
    });

    it("replaces a part by the same when it is written again, however its lines are handed over", async () => {
      const archive = await create();
      const lines = Array.from({ length: 3000 }, (_, index) =>
        JSON.stringify({ index, text: "x".repeat(index % 97) }),
      );
      const part = await archive.writePart(sweepId, name, lines);
      expect(part).toEqual({
        name,
        bytes: expect.any(Number),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(await archive.writePart(sweepId, name, lines.values())).toEqual(part);
      expect(await allOf(archive.readPart(sweepId, name))).toEqual(lines);
    });

    it("keeps the parts of two sweeps apart", async () => {
      const archive = await create();
      await archive.writePart(sweepId, name, ["old"]);
      await archive.writePart("2026-11-22T01-00-00Z", name, ["young"]);
      expect(await allOf(archive.readPart(sweepId, name))).toEqual(["old"]);
    });

    it("can be read in part", async () => {
      const archive = await create();
      await archive.writePart(
        sweepId,
        name,
        Array.from({ length: 100_000 }, () => "x".repeat(100)),
      );
      for await (const line of archive.readPart(sweepId, name)) {
        expect(line).toHaveLength(100);
        break;
      }
    });

    it("says of a part that is not there that it is not there", async () => {
      const archive = await create();
      const error: unknown = await allOf(archive.readPart(sweepId, name)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SourceError);
      expect(error).toMatchObject({ reason: "notFound" });
    });

    it("keeps a manifest for each sweep", async () => {
      const archive = await create();
      const manifest: Manifest = {
        schema: "midwatch/manifest/1",
        sweep: exampleSweep({ id: sweepId }),
        parts: [{ name, bytes: 3, sha256: "00" }],
      };
      expect(await archive.readManifest(sweepId)).toBeNull();
      await archive.writeManifest({ ...manifest, parts: [] });
      await archive.writeManifest(manifest);
      expect(await archive.readManifest(sweepId)).toEqual(manifest);
      expect(await archive.readManifest("2026-11-22T01-00-00Z")).toBeNull();
    });
  });
}

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
