import { describe, expect, it } from "vitest";
import { createMemoryArchive } from "../../src/adapters/memory/archive.ts";
import type { TenantRows } from "../../src/application/fact-source.ts";
import { SourceError } from "../../src/application/source-error.ts";
import { createPartCache, linesOfTables, openTenantPart } from "../../src/application/tenant-part.ts";
import { silentLog } from "../../src/composition/log.ts";

const sweepId = "2026-11-21T01-00-00Z";
const part = "tenant-2026-11-21T01-00-00-000Z.ndjson.gz";

const refused = new SourceError("Could not read the members of Fleets: Azure answered 403.", {
  reason: "accessDenied",
  remedy: "Grant the role Reader.",
});
const tables: readonly (readonly [string, TenantRows])[] = [
  ["groups/1", { rows: [{ id: "/a", chain: [{ name: "ä\u2028" }] }, null, 7], failure: null }],
  ["fleets/1", { rows: [], failure: refused }],
  ["roles/1", { rows: [{ id: "/r" }], failure: refused }],
];

/** An archive with these lines as the part. */
async function holding(lines: readonly string[]) {
  const archive = createMemoryArchive();
  await archive.writePart(sweepId, part, lines);
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
  return { archive, log, warnings };
}

const whole = [...linesOfTables(sweepId, tables)];

function replaced(index: number, line: string): readonly string[] {
  return whole.map((one, at) => (at === index ? line : one));
}

describe("what a plan has kept of the tenant", () => {
  it("comes back as it was read, with the reasons why there may be more", async () => {
    const deps = await holding(whole);
    const kept = await openTenantPart(deps, sweepId, part);
    expect([...kept.keys()]).toEqual(["groups/1", "fleets/1", "roles/1"]);
    for (const [name, { rows, failure }] of tables) {
      expect(kept.get(name)?.rows).toEqual(rows);
      const { message, reason, remedy } = kept.get(name)?.failure ?? {};
      expect({ message, reason, remedy }).toEqual({
        message: failure?.message,
        reason: failure?.reason,
        remedy: failure?.remedy,
      });
    }
    expect(kept.get("roles/1")?.failure).toBeInstanceOf(SourceError);
    expect(deps.warnings).toEqual([]);
  });

  it.each(whole.map((_, length) => [length]))(
    "is nothing when only %d of its lines are there",
    async (length) => {
      const deps = await holding(whole.slice(0, length));
      expect((await openTenantPart(deps, sweepId, part)).size).toBe(0);
      expect(deps.warnings).toHaveLength(1);
    },
  );

  it.each([
    ["of another version", whole.map((line) => line.replace("midwatch/tenant/1", "midwatch/tenant/2"))],
    ["of another sweep", [...linesOfTables("2026-11-20T01-00-00Z", tables)]],
    ["cut within a line", [...whole.slice(0, -1), (whole.at(-1) ?? "").slice(0, -3)]],
    ["no JSON at all", ["<html>"]],
    ["a list", ["[]"]],
    ["nothing", ["null"]],
    ["of a head that is null", replaced(1, "null")],
    ["of a head that is a row", replaced(5, '{"id":"/a"}')],
    ["of a head without a count", replaced(1, '{"table":"groups/1","rows":"3","failure":null}')],
    ["of a count that is none", replaced(1, '{"table":"groups/1","rows":-1,"failure":null}')],
    ["of half a row", replaced(1, '{"table":"groups/1","rows":2.5,"failure":null}')],
    ["of a failure that says nothing", replaced(5, '{"table":"fleets/1","rows":0,"failure":{}}')],
    ["of a failure that nobody wrote", replaced(5, '{"table":"fleets/1","rows":0}')],
    ["of one table twice", [...whole.slice(0, 5), ...whole.slice(1, 5), ...whole.slice(6)]],
    ["of no count of tables", replaced(0, (whole[0] ?? "").replace(',"tables":3', ""))],
    ["short of a row", [...whole.slice(0, 2), ...whole.slice(3)]],
    ["with a row twice", [...whole.slice(0, 3), ...whole.slice(2)]],
    ["with a row after the last", [...whole, '{"id":"/s"}']],
  ])("is nothing when the part is %s", async (_, lines) => {
    const deps = await holding(lines);
    expect((await openTenantPart(deps, sweepId, part)).size).toBe(0);
    expect(deps.warnings).toHaveLength(1);
  });

  it("is nothing when the part is gone, or when nothing was kept", async () => {
    const { log, warnings } = await holding([]);
    const deps = { archive: createMemoryArchive(), log };
    expect((await openTenantPart(deps, sweepId, part)).size).toBe(0);
    expect(warnings).toHaveLength(1);
    expect((await openTenantPart(deps, sweepId, null)).size).toBe(0);
    expect(warnings).toHaveLength(1);
  });
});

describe("batches of one process", () => {
  it("share one copy, side by side and one after the other, until the sweep ends or another one begins", async () => {
    const { archive, log } = await holding(whole);
    let reads = 0;
    const counted = {
      log,
      archive: {
        ...archive,
        readPart: (...args: Parameters<typeof archive.readPart>) => {
          reads += 1;
          return archive.readPart(...args);
        },
      },
    };
    const parts = createPartCache();
    const [one, other] = await Promise.all([
      parts.open(counted, sweepId, part),
      parts.open(counted, sweepId, part),
    ]);
    expect(other).toBe(one);
    expect(await parts.open(counted, sweepId, part)).toBe(one);
    expect(reads).toBe(1);

    expect((await parts.open(counted, "2026-11-22T01-00-00Z", part)).size).toBe(0);
    expect(await parts.open(counted, sweepId, part)).not.toBe(one);
    parts.clear();
    await parts.open(counted, sweepId, part);
    expect(reads).toBe(4);
  });

  it("look again for what was not to be had", async () => {
    const { archive, log } = await holding(whole);
    const parts = createPartCache();
    expect((await parts.open({ archive: createMemoryArchive(), log }, sweepId, part)).size).toBe(0);
    expect((await parts.open({ archive, log }, sweepId, part)).size).toBe(3);
  });
});
