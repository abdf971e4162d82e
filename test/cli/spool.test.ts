import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSpool } from "../../src/cli/spool.ts";

/** Long enough that a handful does not stay in memory, and with letters of several bytes. */
const longLine = (name: string) => `${name}: ${"größer ".repeat(150_000)}`;
const short = (name: string) => `${name}: größer`;

const textOf = (lines: Iterable<Uint8Array>) => [...lines].map((line) => Buffer.from(line).toString("utf8"));

describe("a spool", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "midwatch-test-"));
    vi.stubEnv("TMPDIR", folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ["in memory", short],
    ["in a file", longLine],
  ])("hands lines out by key, those of one key as they came: %s", (_where, line) => {
    const spool = createSpool();
    const names = ["b1", "a1", "c1", "a2", "b2", "a3"];
    for (const name of names) spool.add(name.slice(0, 1), line(name));
    expect(textOf(spool.lines())).toEqual(["a1", "a2", "a3", "b1", "b2", "c1"].map(line));
    spool.close();
  });

  test("leaves nothing in the folder for temporary files, not even while it is in use", async () => {
    const spool = createSpool();
    for (const name of ["a", "b", "c", "d", "e"]) spool.add(name, longLine(name));
    expect(await readdir(folder)).toEqual([]);
    expect(textOf(spool.lines())).toHaveLength(5);
    spool.close();
  });

  test("of nothing is nothing", () => {
    const spool = createSpool();
    expect([...spool.lines()]).toEqual([]);
    spool.close();
  });

  test("a folder for temporary files that is not there is told by its name", async () => {
    vi.stubEnv("TMPDIR", join(folder, "missing"));
    const spool = createSpool();
    const fill = () => {
      for (const name of ["a", "b", "c", "d", "e"]) spool.add(name, longLine(name));
    };
    expect(fill).toThrow(`temporary folder ${join(folder, "missing")}: does not exist`);
    spool.close();
  });
});
