import { createHash } from "node:crypto";

/** Keys hold at most 1 KiB, which is 512 UTF-16 characters (https://learn.microsoft.com/azure/storage/tables/scalability-targets). */
const mostCharacters = 512;

/** Joins parts to a row key without regard to case; characters that keys or addresses cannot hold are written as `!` and their code. */
export function tableKey(...parts: readonly string[]): string {
  const key = parts.map(escapePart).join("|");
  if (key.length <= mostCharacters) return key;
  // Resource names stay far below; an id of another source may not.
  const digest = createHash("sha256").update(key).digest("hex");
  return `${key.slice(0, mostCharacters - digest.length - 1)}!${digest}`;
}

/** Letters and digits of every script stay readable: resource groups may be named in any. */
function escapePart(part: string): string {
  return part
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}._()-]/gu, (character) =>
      Array.from(
        { length: character.length },
        (_, index) => `!${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
      ).join(""),
    );
}
