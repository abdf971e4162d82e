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
  let azurite: RunningAzurite | undefined;
  beforeAll(async () => {
    azurite = await runAzurite();
  });
  afterAll(() => azurite?.end());
  return sharedAzurite(() => {
    if (azurite === undefined) throw new Error("Azurite is there within tests only.");
    return azurite.connectionString;
  });
}

/** The same at once, for a file that must try something out before it knows its tests. */
export async function openAzurite(): Promise<SharedAzurite> {
  const azurite = await runAzurite();
  afterAll(azurite.end);
  return sharedAzurite(() => azurite.connectionString);
}

interface RunningAzurite extends Pick<Azurite, "connectionString"> {
  end(): Promise<void>;
}

async function runAzurite(): Promise<RunningAzurite> {
  const folder = await mkdtemp(join(tmpdir(), "midwatch-azurite-"));
  const azurite = await startAzurite({ folder, inMemory: true });
  return {
    connectionString: azurite.connectionString,
    async end() {
      await azurite.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function sharedAzurite(connectionString: () => string): SharedAzurite {
  let prefixes = 0;
  const freshPrefix = () => `test${prefixes++}`;
  return {
    connectionString,
    freshPrefix,
    openFresh: () =>
      openStorage({ connection: { connectionString: connectionString() }, prefix: freshPrefix() }),
  };
}
