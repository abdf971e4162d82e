import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explain, isSystemError } from "./open-file.ts";
import { UsageError } from "./usage-error.ts";

/** Lines that wait until what stands before them is known: few in memory, many in a temporary file. */
export interface Spool {
  /** Lines are handed out by key; those of one key in the order they came. */
  add(key: string, line: string): void;
  lines(): Iterable<Uint8Array>;
  /** Forgets all; lines that still come are left out. */
  close(): void;
}

const mostBytesInMemory = 4 << 20;

/** Writes and reads are synchronous, so that lines come no faster than the disk takes them. */
export function createSpool(): Spool {
  const places: { readonly key: string; readonly start: number; readonly length: number }[] = [];
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let allBytes = 0;
  let file: number | null = null;
  let isClosed = false;

  function spill(): number {
    file ??= openNameless();
    const bytes = Buffer.concat(waiting);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    waiting = [];
    waitingBytes = 0;
    return file;
  }

  return {
    add(key, line) {
      if (isClosed) return;
      const bytes = Buffer.from(line);
      places.push({ key, start: allBytes, length: bytes.length });
      waiting.push(bytes);
      waitingBytes += bytes.length;
      allBytes += bytes.length;
      if (waitingBytes > mostBytesInMemory) translating(spill);
    },
    *lines() {
      const read = file === null ? readerOf(Buffer.concat(waiting)) : readerOfFile(translating(spill));
      for (const { start, length } of places.sort(byKey)) yield translating(() => read(start, length));
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
      isClosed = true;
    },
  };
}

type Read = (start: number, length: number) => Uint8Array;

function readerOf(bytes: Uint8Array): Read {
  return (start, length) => bytes.subarray(start, start + length);
}

function readerOfFile(file: number): Read {
  return (start, length) => {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const read = readSync(file, bytes, done, length - done, start + done);
      if (read === 0) throw new Error("The temporary file is shorter than what was written to it.");
      done += read;
    }
    return bytes;
  };
}

/** A file whose name is gone from the start, so that nothing of it stays however the process ends. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "midwatch-"));
  try {
    return openSync(join(folder, "spool"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

function translating<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError([`temporary folder ${tmpdir()}: ${explain(error.code)}`]);
  }
}
