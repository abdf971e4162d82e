import { createReadStream } from "node:fs";
import { DocumentError } from "../application/document-error.ts";

/** The bytes of a file as they are read; what the system refuses is a DocumentError that names the file. */
export async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    // Large pieces: the text is put together again anyway.
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) yield chunk;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new DocumentError(path, explain(error.code));
  }
}

export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && "syscall" in error && typeof error.code === "string";
}

/** The system's code of a failed call in words. */
export function explain(code: string): string {
  return reasons[code] ?? `cannot be used (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a directory",
  ENOTDIR: "does not exist: part of its path is a file",
  EACCES: "may not be opened",
  EPERM: "may not be opened",
  EROFS: "is on a read-only file system",
  ELOOP: "is a link that leads back to itself",
  ENOSPC: "does not fit: the disk is full",
};
