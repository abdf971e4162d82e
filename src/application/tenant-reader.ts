import type { ReadTenant, TenantReader, TenantRows } from "./fact-source.ts";

/** Tables of the tenant by name. */
export type KeptTables = ReadonlyMap<string, TenantRows>;

/** Answers tables that are kept as they are, and reads each of the others once, whoever asks for it. */
export function createTenantReader(kept: KeptTables = new Map()): TenantReader {
  const reading = new Map<string, Promise<TenantRows>>();
  const rowsOf: ReadTenant = async (table) => {
    const rows = kept.get(table.name);
    if (rows !== undefined) return rows;
    const known = reading.get(table.name) ?? table.read(rowsOf);
    reading.set(table.name, known);
    return known;
  };
  return { rowsOf, kept: ({ name }) => kept.get(name) ?? null };
}
