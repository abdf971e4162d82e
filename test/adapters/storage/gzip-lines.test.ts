import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { gunzipLines, gzipLines } from "../../../src/adapters/storage/gzip-lines.ts";

const lines: Readonly<Record<string, readonly string[]>> = {
  "no line": [],
  "an empty line": [""],
  "a few": ["one", "two", "three"],
  "lines that fill many pieces": Array.from({ length: 5_000 }, (_, index) => `${index} `.repeat(40)),
  "a line longer than a piece": ["short", "x".repeat(1_000_000), "short"],
  "lines that take more bytes than a piece has left": Array.from({ length: 300 }, () => "東".repeat(1_000)),
  "letters of two, three and four bytes": Array.from({ length: 3_000 }, () => "Zürich – 東京 – 🚢".repeat(8)),
};

describe("compressed lines", () => {
  it.each(Object.entries(lines))("come back as they were: %s", async (_, written) => {
    const { body } = await gzipLines(written);
    const read: string[] = [];
    for await (const line of gunzipLines(body)) read.push(line);
    expect(read).toEqual(written);
    expect(gunzipSync(body).toString("utf8")).toBe(written.map((line) => `${line}\n`).join(""));
  });

  it("fail as the lines do, after any number of pieces", async () => {
    for (const length of [1, 1_000_000]) {
      const failing = function* () {
        yield "x".repeat(length);
        throw new Error("A line could not be made.");
      };
      await expect(gzipLines(failing())).rejects.toThrow("A line could not be made.");
    }
  });

  it("are the same bytes each time", async () => {
    const [one, other] = await Promise.all([gzipLines(["a", "b"]), gzipLines(["a", "b"])]);
    expect(one).toEqual(other);
  });
});
