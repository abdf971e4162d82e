import { expect, test } from "vitest";
import { createWriteGate } from "../../src/cli/write-gate.ts";
import { createMemoryStore } from "./run-cli.ts";

const writes = {
  history: ["lock", "renew", "unlock", "saveSweep", "store"],
  archive: ["writePart", "writeManifest"],
  outbox: ["put", "mark"],
} as const;

/** Ports whose writes are only counted, by name. */
function countedStore() {
  const written: string[] = [];
  const memory = createMemoryStore();
  const counted = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, async () => void written.push(name)]));
  const store = {
    history: { ...memory.history, ...counted(writes.history) },
    archive: { ...memory.archive, ...counted(writes.archive) },
    outbox: { ...memory.outbox, ...counted(writes.outbox) },
  };
  return { store, written };
}

test.each(
  (["history", "archive", "outbox"] as const).flatMap((port) => writes[port].map((name) => [port, name])),
)("%s.%s passes an open gate and no closed one", async (port, name) => {
  const { store, written } = countedStore();
  const gate = createWriteGate(store);
  // The names are those of methods; what they take does not matter to a gate.
  const guarded = gate.store as unknown as Record<string, Record<string, () => Promise<unknown>>>;
  const write = async () => guarded[port]?.[name]?.();
  await write();
  expect(written).toEqual([name]);
  await gate.close();
  await expect(write()).rejects.toThrow("interrupted");
  expect(written).toEqual([name]);
});

test("the names above are all that writes", () => {
  const reads = ["sweep", "sweeps", "rememberedSubscriptions", "recordsBefore"];
  const { history, archive, outbox } = createMemoryStore();
  expect(Object.keys(history).sort()).toEqual([...writes.history, ...reads].sort());
  expect(Object.keys(archive).sort()).toEqual([...writes.archive, "readPart", "readManifest"].sort());
  expect(Object.keys(outbox).sort()).toEqual([...writes.outbox, "pending"].sort());
});

test("a write that fails while the gate closes keeps it from nothing", async () => {
  const { store } = countedStore();
  const mark = () => new Promise<void>((_, reject) => setImmediate(() => reject(new Error("gone"))));
  const gate = createWriteGate({ ...store, outbox: { ...store.outbox, mark } });
  const marking = gate.store.outbox.mark("id", "2026-11-21T01:00:00.000Z");
  await Promise.all([gate.close(), expect(marking).rejects.toThrow("gone")]);
});
