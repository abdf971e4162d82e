import { factGroupsOf } from "../domain/profile.ts";
import type { SweepRequest } from "../domain/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { TenantTable } from "./fact-source.ts";
import { renewLock } from "./running-sweep.ts";
import type { SourceError } from "./source-error.ts";
import { linesOfTables } from "./tenant-part.ts";
import { createTenantReader } from "./tenant-reader.ts";

/**
 * Reads what the profile's sources need of the tenant and keeps it, with the reasons why there may be more, as a part of
 * the sweep. A table that was not to be had for a while is left out, and batches read it anew. Returns the part's name,
 * or null when nothing is needed. A plan that is made again keeps a part of its own: what was read belongs to one plan of
 * one sweep.
 */
export async function keepTenantRows(deps: SweepDependencies, request: SweepRequest): Promise<string | null> {
  const tables = wantedTables(deps);
  if (tables.length === 0) return null;
  const { rowsOf } = createTenantReader();
  const read = await Promise.all(tables.map(async (table) => [table.name, await rowsOf(table)] as const));
  const kept = read.filter(([, { failure }]) => !isPassing(failure));

  // Reading may have taken longer than a lock holds: whoever took over plans anew.
  await renewLock(deps, request.id);
  const name = `tenant-${deps.clock.now().replaceAll(/[:.]/g, "-")}.ndjson.gz`;
  await deps.archive.writePart(request.id, name, linesOfTables(request.id, kept));
  deps.log.info("tenant read", {
    sweepId: request.id,
    tables: kept.length,
    rows: kept.reduce((sum, [, { rows }]) => sum + rows.length, 0),
    failed: read.filter(([, { failure }]) => failure !== null).length,
  });
  return name;
}

/** Such a failure says nothing of the hours to come: batches try for themselves. */
function isPassing(failure: SourceError | null): boolean {
  return failure?.reason === "throttled" || failure?.reason === "unavailable";
}

/** Each once, whichever sources share it. */
function wantedTables({ facts, profile }: SweepDependencies): readonly TenantTable[] {
  const groups = factGroupsOf(profile);
  const asked = facts.filter((source) => source.groups.some((group) => groups.has(group)));
  const tables = asked.flatMap(({ tenant = [] }) => tenant);
  return [...new Map(tables.map((table) => [table.name, table])).values()];
}
