import { constants } from "node:fs";
import { access, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import type { OutputStream } from "./command-line.ts";
import { explain, isSystemError } from "./open-file.ts";
import { UsageError } from "./usage-error.ts";

/** Refuses a file that could not be written before anything is swept for it. */
export async function assertWritable(file: string): Promise<void> {
  if (file === "") throw new UsageError(['--output "": names no file']);
  await translating(`--output ${file}`, async () => {
    const target = await followLinks(file);
    const existing = await unlessMissing(stat(target));
    if (existing?.isDirectory()) throw new UsageError([`--output ${file}: is a directory`]);
    await access(existing ? target : dirname(target), constants.W_OK);
    if (existing === null && !(await stat(dirname(target))).isDirectory()) {
      throw new UsageError([`--output ${file}: ${explain("ENOTDIR")}`]);
    }
  });
}

/** Writes a file as a whole or not at all, also when it is told to stop: readers see the old one until the new one is complete. A link stays a link. */
export async function writeFileWhole(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  await translating(`--output ${file}`, async () => {
    const target = await followLinks(file);
    const existing = await unlessMissing(stat(target));
    // Pipes and devices such as /dev/stdout are written to, not replaced.
    if (existing !== null && !existing.isFile()) return writeInto(target, pieces);
    const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    try {
      await writeInto(draft, untilAborted(pieces, signal));
      signal?.throwIfAborted();
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
}

function* untilAborted<T>(pieces: Iterable<T>, signal: AbortSignal | undefined): Generator<T> {
  for (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
  }
}

/** `writePieces` to standard output; what the system refuses is told as wrong usage, as it is of a file. */
export async function writeStandardOutput(
  stdout: OutputStream,
  pieces: Iterable<string | Uint8Array>,
): Promise<void> {
  await translating("standard output", () => writePieces(stdout, pieces));
}

/** Writes to a stream at its pace. Whoever stopped reading, such as `head`, has had enough: that is no error. */
async function writePieces(stream: OutputStream, pieces: Iterable<string | Uint8Array>): Promise<void> {
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

async function writeInto(path: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const handle = await open(path, "w");
  const stream = handle.createWriteStream();
  await writePieces(stream, pieces);
  stream.end();
  await finished(stream);
}

/** The file a link leads to in the end, also when it is not there yet. */
async function followLinks(file: string): Promise<string> {
  const existing = await unlessMissing(stat(file));
  // The links of /dev/stdout and the like lead nowhere by name.
  if (existing !== null) return existing.isFile() ? realpath(file) : file;
  const link = await unlessMissing(readlink(file));
  return link === null ? file : followLinks(resolve(await realpath(dirname(file)), link));
}

async function unlessMissing<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") return null;
    throw error;
  }
}

async function translating(where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError([`${where}: ${explain(error.code)}`]);
  }
}
