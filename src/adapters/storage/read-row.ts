import { SourceError } from "../../application/source-error.ts";
import { isObject } from "../json-object.ts";
import type { FetchedRow } from "./table.ts";

/** Runs the reader of a stored row; whatever it cannot make sense of is an error that names table and keys. */
export function readRow<T>(tableName: string, { partitionKey, rowKey }: FetchedRow, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new SourceError(
      `Row ${partitionKey} / ${rowKey} of table ${tableName} cannot be read: ${reasonOf(cause)}.`,
      {
        reason: "malformed",
        remedy: "Remove the row; what it remembered is lost.",
        cause,
      },
    );
  }
}

/** A JSON object out of a stored text. */
export function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) throw new Error("it has no content");
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error("its content is no object");
  return value;
}

/** A parser's message may quote the content it failed on, so it is left out. */
function reasonOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return "its content is no JSON";
  return cause instanceof Error ? cause.message : "its content is damaged";
}
