import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Everything that runs here keeps its files below it; git ignores it. */
const root = ".midwatch";

/** Makes a folder for this process alone, and clears away those of processes that are gone. */
export async function makeRunFolder(): Promise<string> {
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) {
    const owner = /^start-(\d+)$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(join(root, name), { recursive: true, force: true });
  }
  const folder = join(root, `start-${process.pid}`);
  // A process of the same number once left it.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
