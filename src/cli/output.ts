import { constants } from "node:fs";
import { access, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import type { OutputStream } from "./command-line.ts";
import { explain, isSystemError } from "./open-file.ts";
import { UsageError } from "./usage-error.ts";

/** Refuses a file that could not be written before anything is swept for it. */
export async function assertWritable(file: string): Promise<void> {
  await translating(file, async () => {
    const existing = await stat(file).catch(() => null);
    if (existing?.isDirectory()) throw new UsageError([`--output ${file}: is a directory`]);
    await access(existing ? file : dirname(file), constants.W_OK);
    if (existing === null && !(await stat(dirname(file))).isDirectory()) {
      throw new UsageError([`--output ${file}: ${explain("ENOTDIR")}`]);
    }
  });
}

/** Writes a file as a whole or not at all: readers see the old one until the new one is complete. */
export async function writeFileWhole(file: string, pieces: Iterable<string>): Promise<void> {
  await translating(file, async () => {
    const existing = await stat(file).catch(() => null);
    // Pipes and devices such as /dev/stdout are written to, not replaced.
    if (existing !== null && !existing.isFile()) return writeInto(file, pieces);
    const draft = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
    try {
      await writeInto(draft, pieces);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
}

/** Writes to a stream at its pace. Whoever stopped reading, such as `head`, has had enough: that is no error. */
export async function writePieces(stream: OutputStream, pieces: Iterable<string>): Promise<void> {
  let failure: Error | null = null;
  const onError = (error: Error) => {
    failure ??= error;
  };
  stream.on("error", onError);
  try {
    for (const piece of pieces) {
      if (failure !== null || stream.destroyed) break;
      if (!stream.write(piece)) await drained(stream);
    }
    // Errors of the last write come a moment later.
    await new Promise<void>((resolve) => (stream.destroyed ? resolve() : stream.write("", () => resolve())));
  } finally {
    stream.off("error", onError);
  }
  if (failure !== null && !isClosedPipe(failure)) throw failure;
}

function drained(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("error", done).off("close", done);
      resolve();
    };
    stream.on("drain", done).on("error", done).on("close", done);
  });
}

function isClosedPipe(error: Error): boolean {
  return isSystemError(error) && (error.code === "EPIPE" || error.code === "EOF");
}

async function writeInto(path: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(path, "w");
  const stream = handle.createWriteStream();
  await writePieces(stream, pieces);
  stream.end();
  await finished(stream);
}

async function translating(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError([`--output ${file}: ${explain(error.code)}`]);
  }
}
