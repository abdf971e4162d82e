import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type OpenedStorage, openStorage } from "../../src/adapters/storage/open-storage.ts";
import { type Azurite, startAzurite } from "../../src/host/azurite.ts";

/** An Azurite for the tests of one file. */
export interface SharedAzurite {
  connectionString(): string;
  /** A name no other test of the file has, to begin the names of tables and container with. */
  freshPrefix(): string;
  /** Storage that nobody has written to. */
  openFresh(): Promise<OpenedStorage>;
}

/** Starts an Azurite in memory before the tests of a file and stops it after them. */
export function shareAzurite(): SharedAzurite {
  let azurite: Azurite | undefined;
  let folder: string | undefined;
  let prefixes = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "midwatch-azurite-"));
    azurite = await startAzurite({ folder, inMemory: true });
  });
  afterAll(async () => {
    await azurite?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const connectionString = () => {
    if (azurite === undefined) throw new Error("Azurite is there within tests only.");
    return azurite.connectionString;
  };
  const freshPrefix = () => `test${prefixes++}`;
  return {
    connectionString,
    freshPrefix,
    openFresh: () =>
      openStorage({ connection: { connectionString: connectionString() }, prefix: freshPrefix() }),
  };
}
