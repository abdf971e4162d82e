import type { SweepDependencies } from "./dependencies.ts";
import type { TenantRows } from "./fact-source.ts";
import { SourceError, type SourceErrorReason } from "./source-error.ts";
import type { KeptTables } from "./tenant-reader.ts";

const schema = "midwatch/tenant/1";

/** The first line of a part. */
interface PartHead {
  readonly schema: typeof schema;
  readonly sweep: string;
  readonly tables: number;
}

/** Before the rows of a table. */
interface TableHead {
  readonly table: string;
  readonly rows: number;
  readonly failure: {
    readonly message: string;
    readonly reason: SourceErrorReason;
    readonly remedy: string | null;
  } | null;
}

/** Says how many tables and rows there are before they come, so that a part that was cut short is known for one. */
export function* linesOfTables(
  sweepId: string,
  tables: readonly (readonly [name: string, rows: TenantRows])[],
): Generator<string> {
  yield JSON.stringify({ schema, sweep: sweepId, tables: tables.length } satisfies PartHead);
  for (const [table, { rows, failure }] of tables) {
    const head: TableHead = {
      table,
      rows: rows.length,
      failure: failure && { message: failure.message, reason: failure.reason, remedy: failure.remedy },
    };
    yield JSON.stringify(head);
    for (const row of rows) yield JSON.stringify(row);
  }
}

/**
 * The tables that a plan has kept. None when the part is missing, cut short or of another version: they are then read
 * anew, which costs time and hides nothing.
 */
export async function openTenantPart(
  { archive, log }: Pick<SweepDependencies, "archive" | "log">,
  sweepId: string,
  part: string | null,
): Promise<KeptTables> {
  // Left out by a plan that an older version made.
  if (!part) return new Map();
  try {
    return await readTables(sweepId, archive.readPart(sweepId, part));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    log.warn("what was read of the tenant is not to be had", { sweepId, part, detail: error.message });
    return new Map();
  }
}

/** Holds the part opened last, so that batches of one process share a copy, side by side or one after the other. */
export interface PartCache {
  open(
    deps: Pick<SweepDependencies, "archive" | "log">,
    sweepId: string,
    part: string | null,
  ): Promise<KeptTables>;
  clear(): void;
}

export function createPartCache(): PartCache {
  let held: { readonly key: string; readonly tables: Promise<KeptTables> } | null = null;
  return {
    async open(deps, sweepId, part) {
      const key = `${sweepId}/${part}`;
      const opened = held?.key === key ? held : { key, tables: openTenantPart(deps, sweepId, part) };
      held = opened;
      let isHad = false;
      try {
        const tables = await opened.tables;
        isHad = tables.size > 0;
        return tables;
      } finally {
        // What was not to be had is looked for again.
        if (!isHad && held === opened) held = null;
      }
    },
    clear() {
      held = null;
    },
  };
}

/** @throws SourceError when it is not all there */
async function readTables(sweepId: string, part: AsyncIterable<string>): Promise<KeptTables> {
  const lines: unknown[] = [];
  for await (const line of part) lines.push(parse(line));
  // The heads are what `linesOfTables` has written once the schema is known; the schema is looked at first.
  const head = lines[0] as Partial<PartHead> | null;
  if (head?.schema !== schema || head.sweep !== sweepId)
    throw unreadable("It is none of this sweep and version.");
  const tables = new Map<string, TenantRows>();
  let next = 1;
  while (next < lines.length) {
    const found = lines[next];
    if (!isTableHead(found) || tables.has(found.table)) throw unreadable("A line of it is out of place.");
    const { table, rows, failure } = found;
    if (next + rows >= lines.length) throw unreadable("It is cut short.");
    tables.set(table, {
      rows: lines.slice(next + 1, next + 1 + rows),
      failure: failure && new SourceError(failure.message, failure),
    });
    next += 1 + rows;
  }
  if (tables.size !== head.tables) throw unreadable("It has not as many tables as it says.");
  return tables;
}

/** A row that is missing or there twice puts another row where a head is due. */
function isTableHead(line: unknown): line is TableHead {
  // Whatever JSON holds, of which nothing is taken for granted.
  const { table, rows, failure } = (line ?? {}) as Partial<Record<keyof TableHead, unknown>>;
  return (
    typeof table === "string" &&
    typeof rows === "number" &&
    Number.isSafeInteger(rows) &&
    rows >= 0 &&
    isFailure(failure)
  );
}

function isFailure(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== "object") return false;
  // An object, then: only what it holds is unknown.
  const { message, reason, remedy } = value as Record<string, unknown>;
  return (
    typeof message === "string" &&
    typeof reason === "string" &&
    (remedy === null || typeof remedy === "string")
  );
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unreadable("A line of it is no JSON.", cause);
  }
}

function unreadable(why: string, cause?: unknown): SourceError {
  return new SourceError(`What the plan has kept of the tenant cannot be read. ${why}`, {
    reason: "malformed",
    cause,
  });
}
